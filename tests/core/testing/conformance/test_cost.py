"""An import that does more than it may is seen."""

import pytest

from foundation.testing.conformance import cost


@pytest.fixture
def package(tmp_path, monkeypatch):
    folder = tmp_path / "foundation_projects"
    folder.mkdir()
    (folder / "plugin.py").write_text("import requests\nfrom foundation.db import engine\n")
    return folder


def test_a_foreign_import_and_one_of_cores_inside_are_seen(broken, whole, package):
    cost.test_it_imports_the_sdk_sqlalchemy_pydantic_the_standard_library_and_itself(whole)

    with pytest.raises(AssertionError, match="foundation.db"):
        cost.test_it_imports_the_sdk_sqlalchemy_pydantic_the_standard_library_and_itself(
            broken(package=package)
        )


def test_what_an_import_does_is_told(tmp_path, monkeypatch):
    (tmp_path / "writes_at_import.py").write_text(f"open({str(tmp_path / 'x')!r}, 'w').close()\n")
    monkeypatch.syspath_prepend(tmp_path)

    told = [cost.import_in_a_process("writes_at_import")]

    with pytest.raises(AssertionError):
        cost.test_its_import_opens_no_socket_starts_nothing_and_writes_no_file(told)
    with pytest.raises(AssertionError):
        cost.test_it_is_imported_in_less_than_300_ms([{"ms": 301}])
