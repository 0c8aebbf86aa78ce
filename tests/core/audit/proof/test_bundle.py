"""The verifier as one file runs where there is nothing but Python."""

import ast
import json
import subprocess
import sys

from foundation.audit.proof.bundle import bundle


def test_it_imports_the_standard_library_alone():
    names = set()
    for node in ast.walk(ast.parse(bundle())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module.partition(".")[0])

    assert names <= sys.stdlib_module_names


async def test_it_judges_as_the_modules_do(log):
    made = await log.sealed(3)
    tool, export = log.folder / "verify.py", log.folder / "export.ndjson"
    tool.write_text(bundle())
    (key,) = log.sealer().publisher.signs.verifiers
    command = [
        *(sys.executable, "-I", "-S", str(tool), "--export", str(export)),
        *("--checkpoint", str(log.notes), "--vkey", key.text()),
    ]

    async def run():
        export.write_text("".join(json.dumps(line) + "\n" for line in await log.exported()))
        done = subprocess.run(
            command, capture_output=True, text=True, cwd="/", check=False
        )  # our own file
        return done.returncode, done.stdout + done.stderr

    assert await run() == (0, "sound: 3 events\n")
    await log.forge(
        "UPDATE foundation.audit_log SET outcome = 'denied' WHERE event_id = :i", i=made[1]
    )
    code, said = await run()
    assert code == 1
    assert f"leaf 1: event {made[1]} was altered" in said
