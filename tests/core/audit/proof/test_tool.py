"""The offline verifier as a command: its exit codes say what is known."""

import json

import pytest

from foundation.audit.proof.tool import SOUND, TAMPERED, UNDECIDABLE, main


@pytest.fixture
async def given(log):
    """The arguments for a sound export."""
    await log.sealed(3)
    export = log.folder / "export.ndjson"
    export.write_text("".join(json.dumps(line) + "\n" for line in await log.exported()))
    (key,) = log.sealer().publisher.signs.verifiers
    return ["--export", str(export), "--checkpoint", str(log.notes), "--vkey", key.text()]


async def test_a_sound_export_ends_with_0(given, capsys):
    assert main(given) == SOUND
    assert "sound: 3 events" in capsys.readouterr().out


async def test_a_bar_tells_how_far_it_is_where_that_is_wanted(given, capsys):
    assert main(given) == SOUND
    assert capsys.readouterr().err == ""

    assert main([*given, "--progress"]) == SOUND
    err = capsys.readouterr().err
    assert err.startswith("\rreading [    ")
    assert err.endswith(f"\rproving [{'#' * 40}] 100 %\n")


@pytest.mark.parametrize("cut", [0, 10, 200, -20])
async def test_a_truncated_file_ends_with_1(given, log, cut):
    export = log.folder / "export.ndjson"
    export.write_text(export.read_text()[:cut])

    assert main(given) == TAMPERED


async def test_a_foreign_key_or_a_missing_file_ends_with_2(given, tmp_path, capsys):
    from_elsewhere = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

    assert main([*given[:-1], from_elsewhere]) == UNDECIDABLE
    assert main([*given[:-1], "nonsense"]) == UNDECIDABLE
    assert main([given[0], str(tmp_path / "none"), *given[2:]]) == UNDECIDABLE
    (tmp_path / "empty").write_text("")
    assert main([*given[:3], str(tmp_path / "empty"), *given[4:]]) == UNDECIDABLE
    assert "cannot tell" in capsys.readouterr().err


async def test_an_export_is_proved_by_the_note_it_carries_if_a_known_key_signed_it(log):
    await log.sealed(3)
    first = log.notes.read_text()
    await log.sealed(2)
    lines = await log.exported()
    log.keep_only_the_last_note()
    last = log.notes.read_text()

    log.notes.write_text(first)  # as from before the export, which is ahead of it
    assert log.judged(lines).faults == []
    unsigned = [lines[0] | {"note": first.replace("3\n", "5\n", 1)}, *lines[1:]]
    assert log.judged(unsigned).faults == ["leaf 3 and what follows it is under no signed note"]

    await log.sealed(1)
    (fault,) = log.judged(lines).faults  # as from after it: cut back, or just older
    assert "a note knows 6 leaves" in fault
    log.notes.write_text(last)
    assert log.judged(lines).faults == []
