"""What the supervisor says."""

import json

from foundation.supervisor.report import Report, complain, tell


def test_a_report_is_a_json_line_like_everybodys(capfd):
    Report("production").say("info", "ready", port=3000, reason=None)
    row = json.loads(capfd.readouterr().out)

    assert row["msg"] == "ready"
    assert row["port"] == 3000
    assert row["service"] == "foundation"
    assert "reason" not in row


def test_levels_can_be_numbers(capfd):
    Report("production", numbers=True).say("warning", "late")

    assert json.loads(capfd.readouterr().out)["level"] == 40


def test_a_plain_report_keeps_quiet_about_what_goes_well(capfd):
    plain = Report("development", plain=True)
    plain.say("info", "worker replaced")
    plain.say("error", "a worker ended", how="exit code 1", reason="no such table")
    said = capfd.readouterr()

    assert said.out == ""
    assert said.err == "a worker ended: no such table\n"


def test_a_person_is_told_once_why_it_ends(capfd):
    Report("development", plain=True).explain("twice")
    Report("production").explain("once")

    assert capfd.readouterr().err == "foundation: once\n"


def test_each_line_of_a_complaint_says_who_complains(capfd):
    complain("one\ntwo")
    tell("asked for")
    said = capfd.readouterr()

    assert said.err == "foundation: one\nfoundation: two\n"
    assert said.out == "asked for\n"
