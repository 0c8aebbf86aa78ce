"""The two pipes between a worker and the supervisor."""

import os
import subprocess
import sys
import threading

from foundation.asgi import link
from foundation.supervisor import child


def test_both_sides_speak_the_same_words():
    assert (link.READY, link.FAILED) == (child.READY, child.FAILED)


def test_what_a_worker_says_arrives():
    reading, writing = os.pipe()
    words = link.Link(writing)
    words.beat()
    words.ready()
    words.failed("no such table")

    assert os.read(reading, 100) == b".RFno such table"


def test_a_supervisor_that_does_not_listen_blocks_nobody():
    _, writing = os.pipe()
    words = link.Link(writing)
    for _ in range(70_000):
        words.beat()


def test_a_supervisor_that_is_gone_fails_nobody():
    reading, writing = os.pipe()
    os.close(reading)
    link.Link(writing).beat()


def test_a_worker_knows_whether_its_parent_lives():
    code = (
        "import os, sys; from foundation.asgi.link import die_with_parent;"
        "sys.exit(0 if die_with_parent(os.getppid()) and not die_with_parent(1) else 1)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


ORPHAN = """
import os, sys, time
from foundation.asgi import link
link.ORPHAN_SECONDS = 0.2
link.watch_lifeline(int(sys.argv[1]), lambda: os.write(1, b"orphaned"))
time.sleep(300)
"""


def test_an_orphan_that_does_not_end_is_ended():
    reading, writing = os.pipe()
    orphan = subprocess.Popen(
        [sys.executable, "-c", ORPHAN, str(reading)], pass_fds=[reading], stdout=subprocess.PIPE
    )
    os.close(reading)
    threading.Timer(0.2, os.close, [writing]).start()
    said, _ = orphan.communicate(timeout=120)

    assert said == b"orphaned"
    assert orphan.returncode == 5
