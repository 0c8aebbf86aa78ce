"""Which dumps stay: the newest of each of the last days and weeks; nothing else is touched."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from foundation.backup.keep import PARTIAL, dumps_in, made_at, name_of, spare, tidy
from foundation.backup.manifest import beside

NOON = datetime(2026, 5, 20, 12, tzinfo=UTC)


def _days(count, *, times=1):
    return [NOON - timedelta(days=day, hours=hour) for day in range(count) for hour in range(times)]


def _made(folder, moments):
    for moment in moments:
        file = folder / name_of(moment)
        file.touch()
        beside(file).touch()


def test_a_name_is_the_moment_in_utc():
    berlin = datetime.fromisoformat("2026-05-20T14:00:00+02:00")

    assert name_of(berlin) == "foundation-20260520T120000Z.dump"
    assert made_at(Path(name_of(berlin))) == NOON


def test_the_newest_of_seven_days_and_five_weeks_stay(tmp_path):
    _made(tmp_path, _days(60, times=2))

    gone = tidy(tmp_path, daily=7, weekly=5)

    kept = [file.name[11:19] for file in dumps_in(tmp_path)]
    days = ["20260520", "20260519", "20260518", "20260517", "20260516", "20260515", "20260514"]
    assert kept == [*days, "20260510", "20260503", "20260426"]
    assert len(gone) == 120 - len(kept)
    assert all(file.name.endswith("T120000Z.dump") for file in dumps_in(tmp_path))


def test_manifests_go_with_their_dumps_and_other_files_stay(tmp_path):
    _made(tmp_path, _days(3))
    (tmp_path / "notes.txt").touch()
    (tmp_path / "foundation-mine.dump").touch()

    tidy(tmp_path, daily=1, weekly=1)

    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "foundation-20260520T120000Z.dump",
        "foundation-20260520T120000Z.dump.json",
        "foundation-mine.dump",
        "notes.txt",
    ]


def test_a_single_dump_is_never_spare(tmp_path):
    _made(tmp_path, [NOON - timedelta(days=400)])

    assert spare(dumps_in(tmp_path), daily=7, weekly=5) == []


def test_an_empty_folder_has_no_dumps(tmp_path):
    assert dumps_in(tmp_path / "absent") == []


def test_what_was_cut_a_day_ago_and_more_goes_and_what_is_being_written_stays(tmp_path):
    _made(tmp_path, [NOON])
    old, fresh = NOON - timedelta(hours=25), NOON - timedelta(hours=1)
    for moment in (old, fresh):
        (tmp_path / f".{name_of(moment)}{PARTIAL}").touch()

    tidy(tmp_path, daily=7, weekly=5)

    assert [file.name for file in tmp_path.glob(".*")] == [f".{name_of(fresh)}{PARTIAL}"]
