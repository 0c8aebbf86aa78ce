"""Sign-in is put together from the settings; a bad app secret refuses the start by its name."""

import pytest

from foundation.auth.service import Identity
from foundation.auth.start import build_identity
from foundation.cache import NoCache
from foundation.secret import Secret
from foundation.settings import SettingsRefused


def build(settings, database, clock, kit) -> Identity:
    return build_identity(
        settings,
        database=database,
        cache=NoCache(),
        deployment=kit.deployment,
        permissions=(),
        clock=clock,
    )


async def test_the_parts_fit_together(settings, core_database, clock, kit) -> None:
    identity = build(settings, core_database, clock, kit)
    going = await identity.go(purpose="sign_in", next="/", cookies={})

    assert going.url.startswith(settings.oidc_issuer)
    assert identity.problem is None
    await identity.close()


def test_a_bad_app_secret_refuses_the_start(settings, core_database, clock, kit) -> None:
    bad = settings.model_copy(update={"secret_key": Secret("canary")})

    with pytest.raises(SettingsRefused, match="FOUNDATION_SECRET_KEY") as refused:
        build(bad, core_database, clock, kit)
    assert "canary" not in str(refused.value)
