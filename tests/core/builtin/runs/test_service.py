"""Who may start what: the right of runs and the right of the job, both."""

from dataclasses import replace

import pytest
from foundation_toil import plugin as toil

from foundation.auth.principal import Principal
from foundation.builtin.runs import service
from foundation.errors import Forbidden
from foundation.runs.job import Known

KNOWN = Known(toil.jobs()[0], "toil", "foundation_toil.plugin")
NOBODY = Principal("user")
DIGGER = replace(NOBODY, permissions=frozenset({"toil:hole:dig"}))


class Asks:
    """A context as far as these functions look."""

    def __init__(self, principal):
        self.principal = principal


def test_without_the_right_of_the_job_nothing_is_started():
    assert not service.may_start(Asks(NOBODY), KNOWN)
    with pytest.raises(Forbidden):
        service.require(Asks(NOBODY), KNOWN)


def test_with_the_right_of_the_job_it_may_be_started():
    assert service.may_start(Asks(DIGGER), KNOWN)
    service.require(Asks(DIGGER), KNOWN)


def test_a_job_that_is_gone_is_nobody_s_to_start():
    assert not service.may_start(Asks(DIGGER), None)
