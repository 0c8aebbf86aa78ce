"""Revision files: one line, named as their owner, each with its place."""

import pytest

from foundation.db.history import BadHistory, config_for, read_history

TABLE = "CREATE TABLE garden.beds (id int)"


def test_revisions_are_read_oldest_first_with_their_places(make_owner):
    history = read_history(make_owner("garden", TABLE, "SELECT 1", "SELECT 2"))

    assert history.revisions == ("garden_00000001", "garden_00000002", "garden_00000003")
    assert history.head == "garden_00000003"
    assert history.generation == 3
    assert [history.after(r) for r in (None, "garden_00000001", "garden_00000003")] == [3, 2, 0]


def test_without_a_word_the_oldest_code_may_read_the_newest_tables(make_owner):
    assert read_history(make_owner("garden", TABLE, "SELECT 1")).readable_from == 1


def test_a_contracting_revision_says_who_may_still_read(make_owner):
    make_owner("garden", TABLE, "SELECT 1")
    owner = make_owner(
        "garden",
        "SELECT 3",
        "SELECT 4",
        start=3,
        extra='one_way = "x"\nreadable_from = "garden_00000002"',
    )

    assert read_history(owner).readable_from == 2


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ("", "needs downgrade"),
        ('one_way = ""', "needs downgrade"),
        ('one_way = "x"\nreadable_from = "garden_99999999"', "names no revision"),
        ('one_way = "x"\nraise RuntimeError("boom")', "cannot be read: boom"),
        ('one_way = "x"\nrevision = "other_00000001"', "garden_<8 hex>, not other_00000001"),
        ('one_way = "x"\nrevision = "garden_1"', "garden_<8 hex>, not garden_1"),
        ('one_way = "x"\ndepends_on = ("garden_00000001",)', "cannot be read|keep one line"),
        ("one_way = (", "cannot be read"),
    ],
)
def test_a_wrong_revision_is_refused_with_the_reason(make_owner, extra, reason):
    with pytest.raises(BadHistory, match=reason):
        read_history(make_owner("garden", TABLE, extra=extra))


def test_two_lines_are_refused(make_owner, tmp_path):
    owner = make_owner("garden", TABLE, "SELECT 1")
    branch = (tmp_path / "garden" / "garden_00000002.py").read_text()
    (tmp_path / "garden" / "other.py").write_text(branch.replace("00000002", "0000000a"))

    with pytest.raises(BadHistory, match="do not form one line"):
        read_history(owner)


def test_two_beginnings_are_refused(make_owner, tmp_path):
    owner = make_owner("garden", TABLE)
    again = (tmp_path / "garden" / "garden_00000001.py").read_text()
    (tmp_path / "garden" / "other.py").write_text(again.replace("00000001", "0000000a"))

    with pytest.raises(BadHistory, match="do not form one line"):
        read_history(owner)


def test_a_hole_in_the_line_is_refused(make_owner, tmp_path):
    owner = make_owner("garden", TABLE, "SELECT 1", "SELECT 2")
    (tmp_path / "garden" / "garden_00000002.py").unlink()

    with pytest.raises(BadHistory, match="garden_00000002"):
        read_history(owner)


def test_an_empty_folder_is_refused(make_owner, tmp_path):
    with pytest.raises(BadHistory, match="no revision in"):
        read_history(make_owner("garden"))


def test_a_downgrade_is_as_good_as_a_reason(make_owner):
    extra = "def downgrade() -> None:\n    pass\n"

    assert read_history(make_owner("garden", TABLE, extra=extra)).generation == 1


def test_a_folder_may_have_any_name(make_owner, tmp_path):
    odd = tmp_path / "100% of a: b"
    make_owner("garden", TABLE).migrations.rename(odd)
    owner = make_owner("garden")

    moved = type(owner)(owner.id, owner.metadata, odd)

    assert read_history(moved).generation == 1
    assert config_for(moved).get_version_locations_list() == [str(odd)]
