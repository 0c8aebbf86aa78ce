"""The probe finds what cannot be caught where it happens, once for each set of plugins."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from foundation.plugins import probe_child
from foundation.plugins.probe import FILE, probe, refresh, remembered_findings
from foundation.settings import PluginChoice

LONG_S = 120.0
"""What the import of a plugin that does not hang may take on a machine full of tests."""


@pytest.fixture
def bare(yard):
    """Put modules in the yard that import nothing of Foundation, so that they are quick."""

    def write(**bodies):
        for id, body in bodies.items():
            (yard.folder / f"foundation_{id}").mkdir()
            (yard.folder / f"foundation_{id}" / "plugin.py").write_text(body + "\n")
            yard.add(id)
        return yard.installed

    return write


def test_each_dangerous_plugin_is_found_and_no_other(bare):
    installed = bare(
        fine="",
        ends="import os; os._exit(1)",
        hung="import time\nwhile True:\n    time.sleep(1)",
        raises="import nope",
        exits_early="raise SystemExit(1)",
        killed="import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        last="",
    )

    assert probe(installed, limit_s=10) == {
        "ends": "its import ended the probe with exit code 1",
        "hung": "its import took over 10 s",
        "killed": "its import ended the probe by SIGKILL",
    }


def test_a_plugin_that_ends_the_process_ends_only_the_probe(yard):
    yard.add("dies")
    yard.add("healthy")

    assert set(probe(yard.installed, limit_s=LONG_S)) == {"dies"}


def test_nothing_of_the_plugins_reaches_this_process(bare):
    probe(bare(quiet=""), limit_s=LONG_S)

    assert "foundation_quiet" not in sys.modules


def test_no_child_is_left_behind(bare):
    before = _children()

    probe(bare(hung="import time; time.sleep(60)"), limit_s=0.3)

    assert _children() == before


def _children():
    tasks = Path("/proc/self/task").iterdir()
    return {child for task in tasks for child in (task / "children").read_text().split()}


def test_a_plugin_that_talks_and_leaves_threads_is_no_danger(yard):
    yard.write(
        "chatty",
        """
        import threading, time
        print("hello" * 100_000)
        threading.Thread(target=time.sleep, args=(60,)).start()
        """,
    )
    began = time.monotonic()

    assert probe(yard.installed, limit_s=LONG_S) == {}
    assert time.monotonic() - began < 50


def test_without_plugins_no_child_is_started():
    assert probe([]) == {}


def test_the_same_set_is_probed_once(yard):
    yard.write("marks", f"open({str(yard.folder / 'seen')!r}, 'a').write('x')\n")

    first = refresh(yard.choice(), yard.installed, limit_s=LONG_S)
    again = refresh(yard.choice(), yard.installed, limit_s=LONG_S)

    assert first == again == {}
    assert (yard.folder / "seen").read_text() == "x"


def test_what_is_not_wanted_is_not_probed(yard):
    yard.add("dies")
    yard.add("newer_api")
    yard.add("computed_id")

    assert refresh(yard.choice(plugins_disabled=("dies",)), yard.installed, limit_s=LONG_S) == {}
    assert set(refresh(yard.choice(), yard.installed, limit_s=LONG_S)) == {"dies"}


def test_workers_that_start_at_once_probe_once(yard):
    body = f"import time\nopen({str(yard.folder / 'seen')!r}, 'a').write('x')\ntime.sleep(0.3)\n"
    yard.write("marks", body)

    with ThreadPoolExecutor(3) as workers:
        list(
            workers.map(lambda _: refresh(yard.choice(), yard.installed, limit_s=LONG_S), range(3))
        )

    assert (yard.folder / "seen").read_text() == "x"


def test_an_edited_plugin_is_probed_again(yard):
    yard.write("orders")
    refresh(yard.choice(), yard.installed, limit_s=LONG_S)
    file = yard.folder / "foundation_orders" / "plugin.py"
    file.write_text(file.read_text() + "import os\nos._exit(3)\n")
    os.utime(file, (1, 1))

    assert "exit code 3" in refresh(yard.choice(), yard.installed, limit_s=LONG_S)["orders"]


def test_workers_read_what_was_found(yard):
    yard.add("dies")
    yard.add("healthy")
    refresh(yard.choice(), yard.installed, limit_s=LONG_S)

    assert set(remembered_findings(yard.choice(), yard.installed)) == {"dies"}
    assert remembered_findings(yard.choice(), yard.installed[1:]) == {}
    assert not yard.load().find("dies").is_started


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"plugins": 3}'])
def test_a_spoilt_file_means_nothing_is_known(yard, text):
    (yard.folder / FILE).write_text(text)

    assert remembered_findings(yard.choice(), []) == {}


def test_a_folder_that_cannot_be_written_costs_no_start(yard):
    assert refresh(PluginChoice(data=yard.folder / "nowhere"), yard.installed) == {}


def test_a_python_that_does_not_start_blames_nobody(yard, monkeypatch):
    yard.add("healthy")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")

    assert probe(yard.installed, limit_s=LONG_S) == {}


def test_the_child_is_a_module_of_its_own():
    assert probe_child.__name__ == "foundation.plugins.probe_child"
