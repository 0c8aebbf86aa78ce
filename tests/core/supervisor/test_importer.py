"""The process that imports for all: what it is told, what it tells, and how it ends."""

import os
import sys

import pytest

from foundation.supervisor.importer import Importer

from .conftest import TINY, is_running, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nobody inherits elsewhere")


@pytest.fixture
def importer(tmp_path):
    environ = {**os.environ, "PYTHONPATH": str(TINY), "TINY_FOLDER": str(tmp_path)}
    started = Importer.start("tiny_app:running", environ)
    yield started
    started.end()


def test_it_waits_for_its_orders_and_leaves_nothing_when_it_is_ended(importer):
    pid = importer.process.pid
    before = importer.process.poll()
    importer.end()
    importer.end()  # again: nothing happens

    assert before is None
    assert not is_running(pid)
    assert importer.process.returncode == -9


def test_one_whose_orders_will_never_come_ends(importer):
    importer.close()  # as when the supervisor has ended

    assert importer.process.wait(60) == 3


def test_orders_to_one_that_has_ended_are_no_fault(importer):
    importer.process.kill()
    assert until(lambda: importer.process.poll() is not None)
    importer.order([], 1.0, {})

    assert importer.born() == {}
