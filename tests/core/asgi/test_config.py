"""How hypercorn is set up."""

import pytest

from foundation.asgi.config import server_config, worker_config


def test_a_misspelt_option_is_refused():
    with pytest.raises(TypeError, match="gracefull_timeout"):
        server_config(gracefull_timeout=3)


def test_a_worker_serves_as_the_design_says():
    config = worker_config(descriptor=7, graceful=25)

    assert config.bind == ["fd://7"]
    assert (config.keep_alive_timeout, config.graceful_timeout) == (75, 25)
    assert config.include_server_header is False
    assert config.accesslog is None
