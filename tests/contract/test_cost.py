"""Importing a plugin is quick, and does nothing else."""

import ast
import json
import subprocess
import sys

import pytest

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
began = time.perf_counter()
__import__(sys.argv[1])
took = time.perf_counter() - began
print(json.dumps({"ms": took * 1000, "did": done, "threads": threading.active_count()}))
"""


def _import_in_a_process(module: str) -> dict:
    path = [p for p in sys.path if p]
    code = f"import sys; sys.path[:0] = {path!r}\n{PROBE}"
    out = subprocess.run(
        [sys.executable, "-c", code, module], capture_output=True, text=True, check=True
    )
    return json.loads(out.stdout)


@pytest.fixture(scope="module")
def imported(plugin) -> list[dict]:
    """Import the plugin three times, each in a process of its own."""
    return [_import_in_a_process(plugin.loaded.module) for _ in range(3)]


def test_it_is_imported_in_less_than_300_ms(imported):
    assert min(one["ms"] for one in imported) < 300


def test_its_import_opens_no_socket_starts_nothing_and_writes_no_file(imported):
    assert imported[0]["did"] == []
    assert imported[0]["threads"] == 1


def _imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_it_imports_the_sdk_sqlalchemy_pydantic_the_standard_library_and_itself(plugin):
    own = f"foundation_{plugin.id}"
    strangers = {
        f"{file.relative_to(plugin.folder)} imports {name}"
        for file in plugin.package.rglob("*.py")
        for name in _imports(ast.parse(file.read_text("utf-8")))
        if name not in SDK and name.partition(".")[0] not in ALLOWED | {own}
    }

    assert strangers == set()
