"""What a probe may ask of a running Foundation."""

from foundation.app.parts import Description


async def test_readiness_tells_the_same_parts(app):
    assert all(part.ok for part in app.readiness() if part.required)


def test_the_description_of_the_api_is_made_when_it_is_asked_for_and_once():
    made = []

    def make():
        made.append("openapi")
        return {"openapi": "3.1.0"}

    described = Description(make)
    before = list(made)

    assert described.document() is described.document()
    assert (before, made) == ([], ["openapi"])
