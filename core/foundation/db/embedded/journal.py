"""What the server writes: kept short, and quoted when it does not start."""

from pathlib import Path

LIMIT, KEPT = 10_000_000, 1_000_000
"""Bytes: a longer journal is cut to its newest part."""


def trim(log: Path) -> None:
    """Cut the log to its newest part when it is over its limit; the server goes on appending."""
    try:
        size = log.stat().st_size
    except FileNotFoundError:
        return
    if size <= LIMIT:
        return
    with log.open("r+b") as file:
        file.seek(size - KEPT)
        kept = file.read()
        file.seek(0)
        file.truncate()
        file.write(kept.partition(b"\n")[2])


def last_words(log: Path) -> str:
    """Return the last line the server wrote that names a fault."""
    lines = log.read_text("utf-8", errors="replace").strip().splitlines()[-50:]
    named = [line for line in lines if "FATAL" in line or "PANIC" in line or "error while" in line]
    return (named or lines or ["it wrote nothing"])[-1]
