"""The clock of a server steps: nobody is signed out, since sessions go by the database's time."""

from foundation.app import App
from foundation.testing.moment import MovableClock
from foundation.testing.people import SignIn


async def test_who_is_signed_in_stays_so_over_a_step_back_and_a_step_forward(
    app: App, client_as: SignIn, foundation_clock: MovableClock, events
) -> None:
    oscar = await client_as("operator")
    made = []
    for number, minutes in enumerate((0, -30, 25 * 60)):
        foundation_clock.forward(minutes=minutes)
        slug = f"step-{number}"
        answer = await oscar.post("/api/projects", {"slug": slug, "name": slug})
        assert answer.status == 201, answer.text
        assert (await oscar.get("/api/auth/me")).status == 200
        made.append(answer.json["id"])

    told = [entry.target.id for entry in await events("projects.project.created")]
    assert sorted(told) == sorted(made)  # each change has its event, whatever the clock says
    await app.parts.sealer.seal()
    assert app.parts.sealer.halted is None
