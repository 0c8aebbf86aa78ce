"""What the server writes: cut to its newest part, and quoted when it does not start."""

import pytest

from foundation.db.embedded.journal import KEPT, LIMIT, last_words, trim


def test_a_long_journal_keeps_its_newest_whole_lines(tmp_path):
    log = tmp_path / "log"
    log.write_bytes(b"".join(b"line %9d\n" % n for n in range(LIMIT // 15 + 10)))
    last = log.read_bytes()[-15:]

    trim(log)

    kept = log.read_bytes()
    assert KEPT - 30 < len(kept) <= KEPT
    assert kept.startswith(b"line ")
    assert kept.endswith(last)


def test_a_writer_goes_on_at_the_new_end(tmp_path):
    log = tmp_path / "log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"x" * 99 + b"\n")
        writer.write((b"y" * 99 + b"\n") * (LIMIT // 100))
        trim(log)
        writer.write(b"after\n")

    assert log.read_bytes().endswith(b"y\nafter\n")
    assert b"\0" not in log.read_bytes()


def test_a_short_journal_and_none_at_all_are_left_alone(tmp_path):
    log = tmp_path / "log"
    trim(log)
    log.write_text("a line\n")
    trim(log)

    assert log.read_text() == "a line\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("LOG: a\nFATAL: no room\nLOG: down\n", "FATAL: no room"),
        ("LOG: a\nLOG: b\n", "LOG: b"),
        (
            "postgres: error while loading shared libraries\nx\n",
            "postgres: error while loading shared libraries",
        ),
        ("", "it wrote nothing"),
    ],
)
def test_the_line_that_names_the_fault_is_quoted(tmp_path, text, words):
    (tmp_path / "log").write_text(text)

    assert last_words(tmp_path / "log") == words
