"""What a probe may ask of a running Foundation, and what is made when it is asked for."""

from foundation.app.parts import Description


async def test_readiness_tells_the_same_parts(app):
    assert all(part.ok for part in app.readiness() if part.required)


def test_the_description_is_made_when_it_is_asked_for_and_once():
    made = []

    def make():
        made.append({"openapi": "3.1.0"})
        return made[-1]

    described = Description(make)
    assert made == []

    assert described.document() is described.document() is made[0]
    assert len(made) == 1
