"""Whom a notification wakes."""

from foundation.live.hub import CHANGES, RUNS, Hub


async def due(ear):
    return ear.taken() if await ear.rung(0.01) else []


async def test_a_key_wakes_its_followers_and_those_of_its_name():
    hub = Hub()
    with hub.following(["runs.run"]) as all_, hub.following(["runs.run:7", "audit"]) as one:
        assert await due(all_) == ["runs.run"]  # each is due at first
        assert await due(one) == ["audit", "runs.run:7"]

        hub.heard(CHANGES, "runs.run:7")
        assert (await due(all_), await due(one)) == (["runs.run"], ["runs.run:7"])
        hub.heard(RUNS, "8 queued")
        assert (await due(all_), await due(one)) == (["runs.run"], [])
        hub.heard(CHANGES, "runs.run:*")
        assert (await due(all_), await due(one)) == (["runs.run"], ["runs.run:7"])
        hub.heard(CHANGES, "runs.runner")
        assert (await due(all_), await due(one)) == ([], [])


async def test_waking_a_thousand_times_keeps_one_word_for_each_key():
    hub = Hub()
    with hub.following(["audit"]) as ear:
        for _ in range(1_000):
            hub.wake("audit")

        assert await due(ear) == ["audit"]
        assert await due(ear) == []


async def test_what_accounts_say_asks_everybody_who_they_are():
    hub = Hub()
    with hub.following(["runs.run"]) as ear:
        ear.taken()
        hub.wake("accounts.session:7")

        assert ear.must_recheck
        assert await ear.rung(0.01)


async def test_who_has_left_is_not_woken_and_a_closed_hub_wakes_all():
    hub = Hub()
    with hub.following(["audit"]) as gone:
        gone.taken()
    hub.wake("audit")
    with hub.following(["audit"]) as ear:
        ear.taken()
        hub.close()

        assert await ear.rung(1)
        assert hub.size == 1
    assert gone.taken() == []
    assert hub.is_closed
