"""Importing a plugin is quick, and does nothing else; it imports what a plugin may."""

import ast
import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import packages_distributions
from typing import Any

import pytest
from packaging.requirements import Requirement

from foundation.testing.conformance.subject import Subject

ALLOWED = {"sqlalchemy", "pydantic", "alembic"} | set(sys.stdlib_module_names)
SDK = {"foundation.sdk", "foundation.ports"}

# What a plugin shares with all others is imported first: its own cost is what is measured.
PROBE = """
import json, sys, threading, time
import foundation.sdk, foundation.ports, sqlalchemy.orm
done = []
WRITING = frozenset("wax+")
def watch(event, args):
    if event.startswith("socket.") or event in ("subprocess.Popen", "os.fork", "os.exec"):
        done.append(event)
    if event == "open" and isinstance(args[1], str) and WRITING & set(args[1]):
        done.append(f"{event} {args[0]}")
sys.dont_write_bytecode = True
sys.addaudithook(watch)
began = time.process_time()  # of the processor: the clock says how busy the machine is
__import__(sys.argv[1])
took = time.process_time() - began
sys.stdout.write(json.dumps({"ms": took * 1000, "did": done, "threads": threading.active_count()}))
"""

MOST_MS = 300
Imported = dict[str, Any]  # JSON


@pytest.fixture(scope="module")
def imported(subject: Subject) -> list[Imported]:
    """Import the plugin in a process of its own, and once more if that seems slow."""
    first = import_in_a_process(subject.loaded.module)
    again = [import_in_a_process(subject.loaded.module)] if first["ms"] >= MOST_MS else []
    return [first, *again]


def import_in_a_process(module: str) -> Imported:
    """Import *module* and return how long it took and what else it did."""
    path = [p for p in sys.path if p]
    code = f"import sys; sys.path[:0] = {path!r}\n{PROBE}"
    out = subprocess.run(
        [sys.executable, "-c", code, module], capture_output=True, text=True, check=True
    )
    found: Imported = json.loads(out.stdout)
    return found


def test_it_is_imported_in_less_than_300_ms(imported: list[Imported]) -> None:
    assert min(one["ms"] for one in imported) < MOST_MS


def test_its_import_opens_no_socket_starts_nothing_and_writes_no_file(
    imported: list[Imported],
) -> None:
    assert imported[0]["did"] == []
    assert imported[0]["threads"] == 1


def test_it_imports_the_sdk_sqlalchemy_pydantic_the_standard_library_and_itself(
    subject: Subject,
) -> None:
    # What its distribution names, also in an extra, is its own affair; core's inside never is.
    own = {f"foundation_{subject.id}"} | _modules((*subject.facts.requires, *subject.facts.extras))
    strangers = {
        f"{file.relative_to(subject.package)} imports {name}"
        for file in subject.package.rglob("*.py")
        for name in _imports(ast.parse(file.read_text("utf-8")))
        if name not in SDK and name.partition(".")[0] not in ALLOWED | own
    }

    assert strangers == set()


def _modules(requirements: Sequence[str]) -> set[str]:
    """Return the modules of the distributions that *requirements* name, core apart."""
    named = {Requirement(line).name.lower() for line in requirements} - {"foundation-core"}
    return {
        module
        for module, distributions in packages_distributions().items()
        if named & {one.lower() for one in distributions}
    }


def _imports(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found
