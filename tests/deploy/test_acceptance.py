"""Every test that the table of promises names exists."""

import re


def test_every_promise_names_a_test_that_exists(deploy):
    root = deploy.parent
    table = (root / "docs" / "reference" / "operations.md").read_text("utf-8")
    named = re.findall(r"`(tests/[\w/.]+)` `(test_\w+)`", table)
    missing = [
        (file, name)
        for file, name in named
        if not (root / file).is_file() or f"def {name}(" not in (root / file).read_text("utf-8")
    ]

    assert missing == []
    assert len(named) > 60
