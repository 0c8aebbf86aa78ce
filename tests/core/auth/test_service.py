"""Identity: who is asking, who may come in, and what a change of rights does to them."""

import pytest

from foundation.auth.permissions import Role
from foundation.auth.principal import ANONYMOUS
from foundation.auth.refusal import Refused
from foundation.auth.sessions import COOKIE, hash_of
from foundation.errors import StepUpRequired, Unauthenticated


async def test_without_a_cookie_it_is_nobody(core_database, identity, near) -> None:
    assert await identity.identify(core_database.reading, {}) is ANONYMOUS
    await identity.close()
    assert near.closed


async def test_somebody_who_arrived_is_known(arrive, who, core_database, kit) -> None:
    await kit.add_user(core_database, subject="ada", roles=("viewer",))
    arrived = await arrive()
    principal = await who(arrived.token)

    assert (principal.name, principal.roles) == ("Ada", {"viewer"})
    assert principal.permissions == {"x:thing:read"}
    assert principal.session is not None
    assert arrived.principal.session is not None
    assert principal.session.public_id == arrived.principal.session.public_id


async def test_a_bearer_is_refused_while_there_are_no_tokens(who) -> None:
    with pytest.raises(Unauthenticated):
        await who("", "fnd_pat_x")


async def test_a047_a_planted_cookie_is_never_adopted(arrive, who) -> None:
    planted = "A" * 43
    arrived = await arrive(cookie=planted)

    assert arrived.token != planted
    assert await who(planted) is ANONYMOUS


async def test_signing_in_again_ends_the_presented_session(arrive, who) -> None:
    first = await arrive()
    second = await arrive(cookie=first.token)

    assert [one.token_hash for one in second.ended] == [hash_of(first.token)]
    assert (await who(first.token)).is_anonymous
    assert (await who(second.token)).name == "Ada"


async def test_a_fresh_sign_in_may_do_sensitive_things_and_an_old_one_not(
    arrive, who, clock
) -> None:
    fresh, old = await arrive(ago_s=10), await arrive(ago_s=400)

    (await who(fresh.token)).require_fresh(clock.now())
    with pytest.raises(StepUpRequired):
        (await who(old.token)).require_fresh(clock.now())


async def test_a_provider_that_does_not_say_when_never_makes_a_fresh_session(
    arrive, who, clock
) -> None:
    arrived = await arrive(told=False)

    with pytest.raises(StepUpRequired):
        (await who(arrived.token)).require_fresh(clock.now())


async def test_a_sign_in_older_than_any_session_starts_none(arrive) -> None:
    with pytest.raises(Refused) as refused:
        await arrive(ago_s=8 * 24 * 3600)
    assert refused.value.reason == "stale"


async def test_a_clock_ahead_at_the_provider_makes_no_session_fresh_for_longer(
    arrive, who, clock
) -> None:
    arrived = await arrive(ago_s=-3600)

    assert (await who(arrived.token)).session.auth_time <= clock.now()


async def test_a_step_up_brings_a_new_cookie_and_a_new_time(arrive, who, clock) -> None:
    first = await arrive(ago_s=4000)
    principal = await who(first.token)
    own = hash_of(first.token).hex()
    second = await arrive(
        cookie=first.token, principal=principal, purpose="step_up", session_hash=own
    )

    assert (await who(first.token)).is_anonymous
    (await who(second.token)).require_fresh(clock.now())


async def test_a037_a_step_up_in_another_session_is_refused_and_both_stay(
    arrive, who, clock
) -> None:
    mine, other = await arrive(ago_s=4000), await arrive(ago_s=4000)
    principal = await who(other.token)

    with pytest.raises(Refused) as refused:
        await arrive(
            cookie=other.token,
            principal=principal,
            purpose="step_up",
            session_hash=hash_of(mine.token).hex(),
        )
    assert refused.value.reason == "session"
    assert (await who(mine.token)).id == (await who(other.token)).id == principal.id


async def test_a_step_up_of_another_person_is_refused(arrive, who) -> None:
    first = await arrive()
    own = hash_of(first.token).hex()

    with pytest.raises(Refused) as refused:
        await arrive(
            cookie=first.token,
            principal=await who(first.token),
            purpose="step_up",
            session_hash=own,
            subject="eve",
        )
    assert refused.value.reason == "session"


async def test_signing_out_ends_the_session_and_names_the_way_out(
    core_database, identity, arrive, who
) -> None:
    arrived = await arrive()
    cookies = {COOKIE: arrived.token}
    async with core_database.transaction() as db:
        ended = await identity.leave(db, cookies)
    url = await identity.goodbye_url(cookies, ended)

    assert (await who(arrived.token)).is_anonymous
    assert url == "https://id.example.org/logout?hint=the.id.token&back=http://localhost:3000/login"


async def test_leaving_twice_is_no_error(core_database, identity) -> None:
    async with core_database.transaction() as db:
        assert await identity.leave(db, {}) is None
        assert await identity.leave(db, {COOKIE: "A" * 43}) is None
    assert await identity.goodbye_url({}, None) == "/login"


async def test_a_role_is_seen_by_the_next_request(act, arrive, who) -> None:
    vera = await arrive(subject="vera")
    assert (await who(vera.token)).roles == {"viewer"}
    await act("vera", role=Role.OPERATOR)

    assert (await who(vera.token)).roles == {"operator"}


async def test_disabling_ends_all_sessions_and_enabling_revives_none(act, arrive, who) -> None:
    one, two = await arrive(subject="vera"), await arrive(subject="vera")
    await act("vera", enabled=False)
    assert (await who(one.token)).is_anonymous
    assert (await who(two.token)).is_anonymous

    await act("vera", enabled=True)
    assert (await who(one.token)).is_anonymous
