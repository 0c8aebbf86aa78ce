"""A reply sets cookies that no script reads, and redirects with 303."""

from foundation.http.reply import Reply, SetCookie, see_other

COOKIE = SetCookie("__Host-foundation_session", "abc", 604800)


def test_a_cookie_is_secure_unreadable_by_scripts_and_bound_to_the_host():
    parts = COOKIE.header().split("; ")

    assert parts[0] == "__Host-foundation_session=abc"
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=604800"} == set(parts[1:])


def test_a_removed_cookie_ends_at_once():
    gone = SetCookie("a", "", 0, same_site="Strict")

    assert "Max-Age=0" in gone.header()
    assert "SameSite=Strict" in gone.header()


def test_a_reply_leaves_the_status_to_its_route():
    assert Reply().status is None


def test_see_other_sends_the_browser_on_and_is_not_kept():
    reply = see_other("/s/projects", cookies=(COOKIE,))

    assert reply.status == 303
    assert reply.headers == {"Location": "/s/projects", "Cache-Control": "no-store"}
    assert reply.cookies == (COOKIE,)
