"""What a probe may ask of a running Foundation."""


async def test_readiness_tells_the_same_parts(app):
    assert all(part.ok for part in app.readiness() if part.required)
