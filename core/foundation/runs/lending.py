"""Lending: how the handler of an attempt gets values that neither its process nor its run holds.

It asks over the private line, the worker answers over the same: nothing lies in parameters, in
the environment or in a file. What was lent is taken out of all that the attempt says afterwards.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from foundation.audit.record import Recorder
from foundation.outbound.client import HttpClient
from foundation.outbound.reach import CredentialRef, Reach
from foundation.runs.models import Run
from foundation.runs.wire import Message
from foundation.secret import Secret

_SECRET = "$secret"  # noqa: S105  # the name of a member

Lend = Callable[[Message], Awaitable[Message]]
"""From what a handler asks for to the answer, which may hold `Secret` values."""

Lender = Callable[[Run, Message], Awaitable[Message]]
"""The same for any run: who may have what is for the lender to see."""


class CredentialRefused(Exception):
    """A credential was not handed over; *code* says why, and a later attempt may help."""

    def __init__(self, code: str, detail: str = "", *, retryable: bool = False) -> None:
        super().__init__(detail or code)
        self.code, self.retryable = code, retryable


@dataclass(frozen=True, slots=True)
class LentCredential:
    """A credential in the hands of a handler; satisfies `foundation.ports.UsedCredential`."""

    ref: CredentialRef
    values: Mapping[str, Secret] = field(repr=False)
    plain: frozenset[str]
    reach: Reach = field(repr=False)

    def http(self) -> HttpClient:
        """Return a client that signs in with it; raises `CredentialRefused` without a URL."""
        if not self.reach.urls:
            raise CredentialRefused("no_host", "give the credential the URL it is for")
        return self.reach.client()


def lent_seal(recorder: Recorder, run: Run) -> list[str] | None:
    """Return the key under which one attempt seals events, or None where nothing is sealed."""
    if recorder.macs is None:
        return None
    macs = recorder.macs.lent(f"run-{run.id}-{run.attempt}")
    return [macs.active, macs.by_id[macs.active].hex()]


async def nothing_lent(_run: Run, _asked: Message) -> Message:
    """Stand in for a lender where no plugin keeps credentials."""
    return refused("unavailable", "no plugin keeps credentials here")


def refused(code: str, detail: str, *, retryable: bool = False) -> Message:
    """Return the answer that nothing is lent, and why."""
    return {"refused": code, "detail": detail, "retryable": retryable}


def packed(number: int, answer: Message) -> bytes:
    """Return an answer as a line, with its values in the clear: for the private line alone."""
    told = {"t": "lent", "n": number, "answer": answer}
    return json.dumps(told, separators=(",", ":"), default=_in_clear).encode() + b"\n"


def secrets_in(answer: Any) -> list[Secret]:  # JSON and `Secret`
    """Return the values in an answer that nobody may read in a log.

    Of a credential these are the sealed ones and its headers: a host or a user name stays
    readable.
    """
    if isinstance(answer, Secret):
        return [answer]
    if isinstance(answer, Mapping):
        lent = answer.get("lent")
        if lent is not None:
            hidden = [lent["values"][name] for name in lent["values"] if name not in lent["plain"]]
            return secrets_in([*hidden, *lent["headers"].values()])
        return [found for value in answer.values() for found in secrets_in(value)]
    if isinstance(answer, list):
        return [found for value in answer for found in secrets_in(value)]
    return []


class Window:
    """The child's side: asks, and waits for the answer while the handler's loop goes on."""

    def __init__(self, say: Callable[[Message], None] | None = None) -> None:
        self._say = say
        self._waiting: dict[int, asyncio.Future[Any]] = {}  # of JSON and `Secret`
        self._used: dict[str, LentCredential] = {}

    async def ask(self, what: str, **more: Any) -> Any:  # JSON, and `Secret` in the answer
        """Return what the worker lends; raises `CredentialRefused`."""
        if self._say is None:
            raise CredentialRefused("unavailable", "there is no worker to ask")
        number = len(self._waiting) + 1
        waiting = self._waiting[number] = asyncio.get_running_loop().create_future()
        self._say({"t": "ask", "n": number, "what": what, **more})
        answer = _with_secrets(await waiting)
        if isinstance(answer, dict) and "refused" in answer:
            why = answer["refused"], answer["detail"]
            raise CredentialRefused(*why, retryable=answer["retryable"])
        return answer

    async def credential(self, name: str, *, purpose: str) -> LentCredential:
        """Return a credential, the same one when it is asked for again: one event an attempt."""
        if name not in self._used:
            answer = await self.ask("credential", name=name, purpose=purpose)
            lent, ref = answer["lent"], answer["lent"]["ref"]
            self._used[name] = LentCredential(
                CredentialRef(UUID(ref["id"]), ref["slug"], ref["name"], ref["kind"]),
                lent["values"],
                frozenset(lent["plain"]),
                Reach(tuple(lent["urls"]), tuple(lent["inside"]), lent["headers"]),
            )
        return self._used[name]

    def answered(self, message: Message) -> None:
        """Hear an answer; called in the handler's loop."""
        waiting = self._waiting.get(message["n"])
        if waiting is not None and not waiting.done():
            waiting.set_result(message["answer"])


def _in_clear(value: object) -> dict[str, str]:
    if isinstance(value, Secret):
        return {_SECRET: value.reveal()}
    raise TypeError(f"a {type(value).__name__} cannot be lent")


def _with_secrets(answer: Any) -> Any:  # JSON, and `Secret` in what is returned
    if isinstance(answer, Mapping):
        if set(answer) == {_SECRET}:
            return Secret(answer[_SECRET])
        return {name: _with_secrets(value) for name, value in answer.items()}
    if isinstance(answer, list):
        return [_with_secrets(value) for value in answer]
    return answer
