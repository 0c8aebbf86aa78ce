"""What the log tells of absences."""

import json

from foundation.audit.proof.told import Told, told_in


def event(type_, detail=None, target=None, at="2026-01-01"):
    envelope = {"type": type_, "target_id": target, "occurred_at": at}
    return {"kind": "event", "envelope": envelope, "erasable": {"detail": detail or {}}}


PRUNED = {"epoch": 1, "first_leaf": 5, "last_leaf": 9, "rows": 5}


def test_erased_expired_and_pruned_are_told_by_events():
    lines = [
        event("audit.detail.erased", target="x"),
        event("audit.detail.expired", {"type": "a.b.c", "before": "2026-02"}),
        event("audit.detail.expired", {"type": "a.b.c", "before": "2026-01"}),
        event("audit.partition.pruned", PRUNED),
        event("things.thing.made"),
    ]
    found = told_in(json.dumps(line).encode() for line in lines)
    found.epoch = 1

    assert found.erased == {"x"}
    assert found.expired == {"a.b.c": "2026-02"}
    assert [leaf for leaf in range(12) if found.is_pruned(leaf)] == [5, 6, 7, 8, 9]
    assert found.pruned_rows() == 5
    assert found.is_expired({"type": "a.b.c", "occurred_at": "2026-01-31"})
    assert not found.is_expired({"type": "a.b.c", "occurred_at": "2026-02-01"})
    assert not found.is_expired({"type": "other", "occurred_at": "2026-01-31"})


def test_what_is_told_of_another_epoch_excuses_nothing_here():
    found = Told(epoch=2)
    found.take(event("audit.partition.pruned", PRUNED))

    assert not found.is_pruned(5)
    assert found.pruned_rows() == 0


def test_an_event_whose_own_detail_is_gone_tells_nothing():
    line = event("audit.partition.pruned") | {"erasable": None}

    assert told_in([json.dumps(line).encode()]).pruned == []


def test_odd_lines_are_left_to_the_judge():
    odd = [b'{"audit.": ', b'["audit."]', b'{"kind": "event", "x": "audit."}']

    assert told_in(odd) == Told()
