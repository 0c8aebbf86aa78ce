"""Why Foundation does not start."""

from foundation.supervisor.refused import Exit, Refused


def test_a_refusal_has_a_text_for_people_and_a_code_for_machines():
    refused = Refused(Exit.HELD, "the port is taken")

    assert str(refused) == "the port is taken"
    assert refused.code == 6


def test_the_exit_codes_are_those_of_the_documentation():
    assert {code.name: int(code) for code in Exit} == {
        "DRAINED": 0, "SETTINGS": 2, "NOT_STARTED": 3, "CRASH_LOOP": 4, "CUT": 5, "HELD": 6,
    }  # fmt: skip
