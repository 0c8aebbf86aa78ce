"""``foundation audit``: from a live database to a proof that needs none."""

from foundation.audit.actor import Actor

ADA = Actor("system", name="Ada")


def test_from_the_database_to_a_proof_without_one(run, fill, tmp_path):
    first, *_ = fill(ADA)
    key = run("key").output.strip()
    (tmp_path / "note").write_text(run("checkpoint").output)
    export = str(tmp_path / "trail.ndjson")
    assert "3 leaves of epoch 1" in run("export", export).output
    words = ("verify", "--export", export, "--checkpoint", str(tmp_path / "note"), "--vkey", key)

    sound = run(*words, FOUNDATION_DATABASE_URL="postgresql://nobody@localhost:1/none")
    assert (sound.exit_code, sound.output) == (0, "sound: 3 events\n")
    assert "\nindex " in run("proof", str(first)).output
    assert "erased 1 of 1" in run("erase", str(first), "--reason", "asked for").output
    assert "epoch 2 is open" in run("epoch", "--reason", "a drill").output


def test_where_the_service_does_not_sign_the_command_does(run, fill):
    fill(ADA, FOUNDATION_AUDIT_SIGNER="off")

    assert "no head" in run("checkpoint", FOUNDATION_AUDIT_SIGNER="off").output
    assert "signed 1 heads" in run("sign", FOUNDATION_AUDIT_SIGNER="off").output
    assert run("checkpoint").exit_code == 0


def test_what_an_operator_can_mend_is_told_in_a_line(run):
    empty = run("checkpoint")
    assert (empty.exit_code, empty.output) == (2, "no head of the trail is signed yet\n")
    unset = run("key", FOUNDATION_AUDIT_SIGNING_KEY_FILE="/nowhere")
    assert (unset.exit_code, "FOUNDATION_AUDIT_SIGNING_KEY_FILE" in unset.output) == (2, True)
    away = run("export", "/tmp/x", FOUNDATION_DATABASE_URL="postgresql://u@localhost:1/none")
    assert away.exit_code == 2


def test_the_verifier_is_written_as_one_file(run):
    assert run("verifier").output.startswith("#!/usr/bin/env python3\n")
