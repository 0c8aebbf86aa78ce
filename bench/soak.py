"""What half an hour of a team at work leaves in memory: ``bench/soak.py [MINUTES] [PEOPLE]``.

The picture of tests/stack on the shipped files, asked through Caddy. People read lists, open what
they find, search, create and change, follow the trail live, and sign out and in again each minute.
Said each minute: what each service holds, in MB of PSS. The promise (operations.md, 49): the API
stays under 420 MB after 1,000 requests, and grows by less than 10 MB from there.
"""

import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from traceback import format_exception

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.stacks import compile_sources, held
from tests.e2e.visitor import Visitor
from tests.stack.follower import Follower
from tests.stack.picture import FOUNDATION, Picture

MINUTES, PEOPLE = 30, 4
WARM, CAP_MB, GROWTH_MB = 1_000, 420.0, 10.0
PAUSE_S = 0.15
"""Between two acts of one person: the machine is to be at work, not at its limit."""

WARM_STAY_S, STAY_S = 15.0, 60.0
"""After this long somebody leaves, closes the page, and signs in again.

Shorter for the first thousand requests: by then each worker has met all of it, a sign-in too, for
which it imports and reads what it keeps from there on.
"""

READS = (
    "/",
    "/api/auth/me",
    "/api/dashboard",
    "/api/projects?limit=50&sort=-created_at",
    "/api/projects?q=soak&limit=20",
    "/api/creds?limit=50",
    "/api/audit?limit=50",
    "/api/runs?limit=50",
    "/api/users?limit=50",
    "/api/plugins",
    MISSING := "/api/projects/no-such-thing",
)


@dataclass(slots=True)
class Team:
    """People at work on *picture*, each in a thread; *came* counts the statuses of the answers."""

    picture: Picture
    came: Counter[int] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def work(self, number: int) -> None:
        """Do what one of them does, until it is over."""
        turn = 0
        while not self.over.is_set():
            try:
                stay = STAY_S if self.asked >= WARM else WARM_STAY_S
                me, until = self.picture.visitor("admin"), time.monotonic() + stay
                with Follower(self.picture, me).following():
                    while time.monotonic() < until and not self.over.wait(PAUSE_S):
                        turn += 1
                        self._look(me, READS[turn % len(READS)])
                        if turn % len(READS) == number:
                            self._change(me, f"soak-{number}-{turn}")
                self._note(me.post("/api/auth/logout").status, "sign out")
            except Exception as fault:  # noqa: BLE001  # told at the end, and the others go on
                self.lost.append("".join(format_exception(fault)[-2:]))

    def _look(self, me: Visitor, path: str) -> None:
        self._note(me.get(path).status, path)

    def _change(self, me: Visitor, slug: str) -> None:
        made = me.post("/api/projects", {"slug": slug, "name": slug})
        self._note(made.status, "create")
        there = f"/api/projects/{made.json['id']}"
        self._look(me, there)
        words = {"description": "Changed."}
        self._note(me.send("PATCH", there, words, If_Match=made.headers["ETag"]).status, "change")

    def _note(self, status: int, what: str) -> None:
        self.came[status] += 1
        if status >= 400 and what != MISSING:
            self.lost.append(f"{what}: {status}")

    @property
    def asked(self) -> int:
        """How many requests have been answered."""
        return self.came.total()


def soaked(picture: Picture, minutes: int, people: int) -> tuple[Team, list[float]]:
    """Let them work; return the team, and what the API held after `WARM` and each minute."""
    team, api = Team(picture), []
    threads = [threading.Thread(target=team.work, args=(n,), daemon=True) for n in range(people)]
    for thread in threads:
        thread.start()
    while team.asked < WARM:
        time.sleep(0.1)
    for minute in range(minutes + 1):
        now = held(picture)
        api.append(now["api"])
        told = ", ".join(f"{name} {mb:.1f}" for name, mb in now.items())
        print(f"{minute:3d} min, {team.asked:6d} requests: {told}", flush=True)
        if minute < minutes:
            time.sleep(60)
    team.over.set()
    for thread in threads:
        thread.join(30)
    return team, api


def main(minutes: int = MINUTES, people: int = PEOPLE) -> int:
    """Measure; returns 1 when a promise is broken."""
    compile_sources()
    folder = Path(tempfile.mkdtemp(prefix="foundation-soak-"))
    folder.chmod(0o711)
    picture = Picture(folder, serve=(FOUNDATION, "serve"), durable=True)
    try:
        picture.start()
        team, api = soaked(picture, minutes, people)
    finally:
        picture.close()
        shutil.rmtree(folder, ignore_errors=True)
    grown = api[-1] - api[0]
    print(
        f"the API held {api[0]:.1f} MB after {WARM} requests, {max(api):.1f} at most, "
        f"{api[-1]:.1f} after {minutes} min: {grown:+.1f} of {GROWTH_MB:.0f} MB; "
        f"answers {dict(sorted(team.came.items()))}, {len(team.lost)} lost"
    )
    for fault in team.lost[:5]:
        print(f"  {fault}")
    return int(grown >= GROWTH_MB or max(api) >= CAP_MB or bool(team.lost))


if __name__ == "__main__":
    raise SystemExit(main(*(int(word) for word in sys.argv[1:])))
