"""What the section Live adds: one route, and nothing to see."""

from foundation.builtin.live import plugin


def test_it_has_the_one_stream_of_a_browser():
    (router,) = plugin.routers()
    (route,) = router.routes

    assert (router.prefix, route.streams) == ("live", True)
    assert [port.name for port in plugin.services().needs] == ["core.live", "runs.sight"]
