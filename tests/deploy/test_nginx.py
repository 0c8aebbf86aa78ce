"""The rules that nginx is given are the build's policy and core's own headers, quoted safely."""

import importlib.util

import pytest

from foundation.http.headers import API_POLICY, security_headers

POLICY = "default-src 'none'; script-src 'self' 'sha256-abc='"


@pytest.fixture(scope="module")
def nginx_rules(deploy):
    path = deploy.parent / "scripts" / "nginx_rules.py"
    spec = importlib.util.spec_from_file_location("scripts_nginx_rules", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_pages_have_the_policy_of_the_build_and_the_rest_that_of_data(nginx_rules):
    text = nginx_rules.rules(POLICY)

    assert f'"~^(200|304) .*\\.html$" "{POLICY}";' in text
    assert f'default "{API_POLICY}";' in text


def test_every_header_of_core_is_sent_always(nginx_rules):
    text = nginx_rules.rules(POLICY)

    for name, value in security_headers(is_https=True):
        assert f'add_header {name} "{value}" always;' in text


@pytest.mark.parametrize("odd", ['a "b"', "a $b", "a\\b", "a\nb"])
def test_a_policy_that_nginx_would_read_as_its_own_is_refused(nginx_rules, odd):
    with pytest.raises(ValueError, match="nginx cannot be given"):
        nginx_rules.rules(odd)


def test_headers_stand_at_one_level_only(deploy):
    text = (deploy / "nginx" / "nginx.conf").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.strip().startswith("add_header")]

    assert [line for line in lines if not line.startswith("    add_header")] == []
    assert "server_tokens off;" in text
