"""Workers of one import, without a supervisor: this test orders and inherits them."""

import os
import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from foundation.supervisor.adopted import Adopted
from foundation.supervisor.importer import Importer

from ..supervisor.conftest import TINY, until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nobody inherits elsewhere")


class Place:
    """A socket and the pipes of one worker."""

    def __init__(self):
        self.listener = socket.socket()
        self.listener.bind(("127.0.0.1", 0))
        self.link, self.its_link = os.pipe()
        self.its_lifeline, self.lifeline = os.pipe()
        self.given = (self.listener.fileno(), self.its_link, self.its_lifeline)

    def close(self):
        for descriptor in (self.link, self.its_link, self.its_lifeline, self.lifeline):
            os.close(descriptor)
        self.listener.close()


@pytest.fixture
def places():
    made = [Place(), Place()]
    yield made
    for place in made:
        place.close()


@pytest.fixture
def preload(places, tmp_path):
    """Return what starts it, orders a worker for each place, and gives its exit code and them."""
    inherited = []

    def run():
        environ = {
            **{k: v for k, v in os.environ.items() if not k.startswith("FOUNDATION_")},
            "PYTHONPATH": str(TINY),
            "TINY_FOLDER": str(tmp_path),
        }
        importer = Importer.start("tiny_app:running", environ)
        posts = [(*place.given, slot, 2 * slot) for slot, place in enumerate(places)]
        importer.order(posts, 2.0, {**environ, "FOUNDATION_WORKERS": "many"})  # known only now
        code = importer.process.wait(60)
        pids = importer.born()
        importer.close()
        inherited.extend(Adopted(pid) for pid in pids.values())
        return code, [*pids], list(inherited)

    yield run
    for worker in inherited:
        worker.send_signal(signal.SIGKILL)
        worker.wait()


def descriptors(pid):
    """Return the pipes and sockets that a process holds."""
    links = {str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir()}
    return {link for link in links if link.startswith(("pipe:", "socket:"))}


def holds_none(pid, *, of):
    return not of & descriptors(pid)


def own(descriptor):
    return str(Path(f"/proc/self/fd/{descriptor}").readlink())


def test_each_worker_has_its_own_descriptors_alone_and_begins_when_it_is_told(preload, places):
    code, slots, workers = preload()

    assert (code, slots) == (0, [0, 1])
    for worker, place in zip(workers, places, strict=True):
        mine = {own(one) for one in place.given}
        theirs = {own(one) for other in places for one in other.given} - mine
        # It closes those of the other after its birth, when the one that brought it has ended.
        assert until(partial(holds_none, worker.pid, of=theirs), within=60)
        assert mine <= descriptors(worker.pid)
        assert worker.poll() is None

    os.write(places[0].lifeline, b"b")
    assert b"FOUNDATION_WORKERS: " in os.read(places[0].link, 4_096)  # it has begun, with these
    assert workers[0].wait() == 3
    assert workers[1].poll() is None
    os.close(places[1].lifeline)  # whoever should tell it has gone
    places[1].lifeline = os.open(os.devnull, os.O_RDONLY)
    assert workers[1].wait() == 3
    os.set_blocking(places[1].link, False)
    with pytest.raises(BlockingIOError):
        os.read(places[1].link, 1)


IMPORT = """
import os, sys
import foundation.asgi.preload, foundation.app
usual = 4  # the three that everybody has, and the folder that is listed
print(len(os.listdir("/proc/self/task")), len(os.listdir("/proc/self/fd")) - usual)
print([name for name in sys.modules if name.startswith("foundation_")])
"""


def test_before_the_fork_there_is_no_thread_no_open_file_and_no_plugin():
    """What would be shared by accident: a lock held by a thread that is gone, a place in a file."""
    asked = [sys.executable, "-c", IMPORT]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout.splitlines() == ["1 0", "[]"]


def test_an_import_that_fails_brings_none_and_says_nothing(preload, tmp_path, capfd):
    (tmp_path / "fails").touch()

    assert preload() == (3, [], [])
    assert capfd.readouterr() == ("", "")
