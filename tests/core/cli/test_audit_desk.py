"""What the commands of ``foundation audit`` share."""

import pytest

from foundation.audit.proof.note import NoteRefused
from foundation.audit.sealer import Halted
from foundation.cli.audit_desk import MET
from foundation.cli.refusals import refusals
from foundation.errors import Conflict
from foundation.settings import SettingsRefused


@pytest.mark.parametrize(
    "refusal",
    [
        SettingsRefused(["it is not set"]),
        Conflict("it is not set"),
        NoteRefused("it is not set"),
        Halted("it is not set"),
        OSError("it is not set"),
    ],
)
def test_what_an_operator_can_mend_is_a_line_and_exit_code_2(refusal, capsys):
    with pytest.raises(SystemExit) as ended, refusals(*MET):
        raise refusal

    assert ended.value.code == 2
    assert "it is not set" in capsys.readouterr().err


def test_a_fault_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError), refusals(*MET):
        raise ZeroDivisionError
