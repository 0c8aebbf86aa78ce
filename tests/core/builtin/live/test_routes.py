"""``/api/live`` as strangers and impatient clients meet it; the rest is in tests/core/live."""


async def test_a_stranger_is_told_to_sign_in_and_nobody_follows_nothing(platform):
    from foundation.testing.people import SignIn, anonymous

    app = await platform()
    viewer = await SignIn(app)("viewer")

    assert (await anonymous(app).get("/api/live?topics=runs.run")).status == 401
    assert (await viewer.get("/api/live")).status == 422
    assert (await viewer.get("/api/live?topics=runs.run", headers={"origin": ""})).status == 403
