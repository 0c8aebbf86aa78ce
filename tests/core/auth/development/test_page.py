"""The page is one form of buttons that works without scripts and under a strict policy."""

from foundation.auth.development.page import CSS, choice_page, html_headers, text_page


def test_three_people_can_be_chosen_and_nobody_too() -> None:
    page = choice_page("a=1")

    for name in ("Ada Admin", "Oscar Operator", "Vera Viewer", "Do not sign in"):
        assert name in page
    assert page.count("<button") == 4
    assert '<html lang="en">' in page


def test_what_was_asked_is_carried_along_escaped() -> None:
    page = choice_page('state="><script>alert(1)</script>')

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_nothing_inline_is_needed() -> None:
    page = choice_page("a=1")

    assert "<style" not in page
    assert " style=" not in page
    assert "<script" not in page
    assert "color-scheme: light dark" in CSS


def test_the_policy_lets_the_form_lead_back_to_foundation() -> None:
    policy = html_headers("http://localhost:3000/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "form-action 'self' http://localhost:3000;" in policy
    assert "unsafe" not in policy


def test_a_text_is_escaped() -> None:
    assert "<b>" not in text_page("<b>")
