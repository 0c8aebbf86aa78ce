"""The UX checklist is whole: every item has its state, and what is done is shown by a test that exists."""

import re

ITEMS = (
    *(1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14, 16, 17, 18, 19, 21, 22, 23, 24, 26, 27, 28, 29, 31),
    *(32, 33, 34, 36, 37, 38, 39, 41, 42, 43, 44, 46, 47, 48, 49, 51, 52, 53, 54, 56, 57, 58, 59),
    *(61, 62, 63, 64, 66, 67, 68, 69, 71, 72, 73, 74, 76, 77, 78, 79, 81, 82, 83, 84, 86, 87, 88),
    *(89, 91, 92, 93, 94),
)
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (done|partly: .+?) \| (.*?) \|$", re.MULTILINE)


def rows(house):
    """Return the rows of the page: number, item, state, what shows it."""
    return ROW.findall((house.root / "docs" / "reference" / "ux.md").read_text("utf-8"))


def test_every_item_is_there_once_and_in_order(house):
    assert [int(number) for number, *_ in rows(house)] == list(ITEMS)


def test_what_is_done_names_a_test_that_exists(house):
    missing = []
    for number, _item, state, shown in rows(house):
        if state != "done" or shown == "(eye)":
            continue
        file, _, name = shown.strip("`").partition("::")
        path = house.root / file
        if not name or not path.is_file() or name not in path.read_text("utf-8"):
            missing.append(f"{number}: {shown}")

    assert missing == []
