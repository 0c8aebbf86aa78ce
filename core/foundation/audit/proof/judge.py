"""Judges an export against a signed checkpoint, a line at a time, and names what is wrong."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foundation.audit.proof.leaf import detail_hash, leaf_of
from foundation.audit.proof.note import Checkpoint
from foundation.audit.proof.told import Told
from foundation.audit.proof.tree import Frontier, is_included

MOST = 100
"""Faults told one by one; more are counted."""

Line = Mapping[str, Any]  # one line of an export, read as JSON


@dataclass(slots=True)
class Report:
    """What was found: *faults* are signs of tampering, *remarks* are what the log itself tells."""

    events: int = 0
    faults: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    more: int = 0
    more_remarks: int = 0

    def remark(self, text: str) -> None:
        """Note what the log itself tells."""
        if len(self.remarks) < MOST:
            self.remarks.append(text)
        else:
            self.more_remarks += 1

    def fault(self, text: str) -> None:
        """Note a sign of tampering."""
        if len(self.faults) < MOST:
            self.faults.append(text)
        else:
            self.more += 1


class Judge:
    """Takes the lines of an export in order; memory does not grow with their number.

    *told* is what its events tell of absences, found before; without it those are remembered until
    an event that tells of them comes.
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        older: Sequence[Checkpoint] = (),
        *,
        told: Told | None = None,
    ) -> None:
        self.report = Report()
        self._note = checkpoint
        self._older = sorted(older, key=lambda each: each.size)
        self._signed, self._rows = Frontier(), Frontier()
        self._tile: bytes | None = None
        self._whole = True
        self._ended = False
        self._headed = False
        self._next = 0
        self._told = told or Told()
        self._is_told = told is not None
        self._erased: dict[str, tuple[int, Line]] = {}
        self._absent: list[int] = []
        self._pruned = 0
        self._expired: dict[str, int] = {}

    def take(self, line: Line) -> None:
        """Judge the next line; one that has not the shape of a line is a fault."""
        try:
            self._take(line)
        except (KeyError, TypeError, ValueError) as odd:
            self.report.fault(f"a line of the export has not the right shape: {odd}")

    def finish(self) -> Report:
        """Return what was found, once every line was taken."""
        report = self.report
        if not self._headed:
            report.fault("the export has no header")
        if not self._ended:
            report.fault("the export is cut short: its last line is missing")
        if self._whole:
            self._close()
        for id, (index, envelope) in self._erased.items():
            self._judge_erased(id, index, envelope)
        for index in self._absent:
            self._judge_absent(index)
        for type_, count in sorted(self._expired.items()):
            report.remark(f"{count} details of {type_} have expired, as the log says")
        if self._pruned:
            report.remark(f"{self._pruned} rows were pruned, as the log says")
        fewer = self._told.pruned_rows()
        if self._pruned > fewer:
            report.fault(f"{self._pruned} pruned rows are gone, and the log tells of {fewer}")
        return report

    def _take(self, line: Line) -> None:
        match line["kind"]:
            case "export":
                self._headed, self._whole = True, bool(line["whole"])
                self._told.epoch = line["epoch"]
                if line["origin"] != self._note.origin:
                    self.report.fault("the export is of another log than the checkpoint")
            case "tile":
                self._tile_line(base64.b64decode(line["hashes"], validate=True))
            case "event":
                self._event(line)
            case "absent":
                self._place(line["leaf"])
                if self._is_told:
                    self._judge_absent(line["leaf"])
                else:
                    self._absent.append(line["leaf"])
                self._rows.push(self._expected(line["leaf"]) or bytes(32))
            case "stray":
                self.report.fault(f"event {line['event_id']} is in the table, but never was sealed")
            case "end":
                self._ended = True
                if line["events"] != self.report.events:
                    self.report.fault("the last line counts other events than there are")
            case other:
                self.report.fault(f"the export has a line of an unknown kind {other!r}")

    def _tile_line(self, hashes: bytes) -> None:
        self._tile = hashes
        for at in range(0, len(hashes), 32):
            if self._signed.size < self._note.size:
                self._signed.push(hashes[at : at + 32])
                self._check_older()

    def _check_older(self) -> None:
        while self._older and self._older[0].size <= self._signed.size:
            note = self._older.pop(0)
            if note.size == self._signed.size and note.root != self._signed.root():
                self.report.fault(f"history was rewritten: it differs from the note of {note.size}")

    def _expected(self, index: int) -> bytes | None:
        at = index % 256 * 32
        return self._tile[at : at + 32] if self._tile else None

    def _place(self, index: int) -> None:
        for missing in range(self._next, min(index, self._next + MOST)):
            self.report.fault(f"leaf {missing} is missing")
        if index < self._next:
            self.report.fault(f"leaf {index} stands in the wrong place")
        for _ in range(self._next, min(index, self._note.size)):
            self._rows.push(bytes(32))
        self._next = max(self._next, index + 1)

    def _event(self, line: Line) -> None:
        index, envelope = line["leaf"], line["envelope"]
        id = envelope["event_id"]
        self.report.events += 1
        hash = leaf_of(envelope, bytes.fromhex(line["detail_hash"]))
        name = f"leaf {index}: event {id}"
        if self._whole:
            self._place(index)
            self._rows.push(hash)
            if line["event_id"] != id or hash != self._expected(index):
                self.report.fault(f"{name} was altered, moved or put in later")
        else:
            proof = [base64.b64decode(step, validate=True) for step in line["proof"]]
            if not is_included(hash, index, self._note.size, proof, self._note.root):
                self.report.fault(f"{name} is not in the signed log as it stands here")
        self._detail(line, id, name)
        if not self._is_told:
            self._told.take(line)

    def _detail(self, line: Line, id: str, name: str) -> None:
        if line["erasable"] is None:
            if self._is_told:
                self._judge_erased(id, line["leaf"], line["envelope"])
            else:
                self._erased[id] = (line["leaf"], line["envelope"])
            return
        salt = bytes.fromhex(line["salt"])
        if detail_hash(salt, line["erasable"]).hex() != line["detail_hash"]:
            self.report.fault(f"{name} has an altered detail")

    def _close(self) -> None:
        note, report = self._note, self.report
        for missing in range(self._next, min(note.size, self._next + MOST)):
            report.fault(f"leaf {missing} is missing")
        if self._signed.size != note.size or self._signed.root() != note.root:
            if self._rows.size == note.size and self._rows.root() == note.root:
                report.fault("the stored tiles were altered; the rows are as they were signed")
            else:
                report.fault("the leaves do not have the signed root")
        if self._next > note.size:
            report.fault(f"leaf {note.size} and what follows it is under no signed note")
        for left in self._older:
            report.fault(
                f"the log was cut back, or this export is older: a note knows {left.size} leaves"
            )

    def _judge_erased(self, id: str, index: int, envelope: Line) -> None:
        if id in self._told.erased:
            self.report.remark(f"leaf {index}: the detail of {id} was erased")
        elif self._told.is_expired(envelope):
            self._expired[envelope["type"]] = self._expired.get(envelope["type"], 0) + 1
        else:
            self.report.fault(f"leaf {index}: the detail of {id} is gone, and no event says so")

    def _judge_absent(self, index: int) -> None:
        if self._told.is_pruned(index):
            self._pruned += 1
        else:
            self.report.fault(f"leaf {index}: its row was removed, and no event says so")
