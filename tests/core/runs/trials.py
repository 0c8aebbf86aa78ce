"""Jobs for the tests of runs, imported by the children of real workers."""

import asyncio
import atexit
import base64
import importlib.util
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import threading
import time
from urllib.parse import quote

from pydantic import BaseModel
from sqlalchemy import func, insert, select, text

from foundation.runs.job import Key, RetryLater, Work
from foundation.runs.models import Mark

VERSION = 2 if importlib.util.find_spec("trials_newer") else 1  # a child gets no variable of ours


class Nothing(BaseModel):
    """No parameters."""


class Path(BaseModel):
    """A file to leave traces in."""

    path: str = ""
    key: str = ""
    end: str = ""


def note(path, words):
    with pathlib.Path(path).open("a") as file:
        file.write(f"{words}\n")


async def short(ctx, params):
    ctx.log("one line")
    ctx.progress(1, 1, unit="thing")
    if params.path:
        note(params.path, f"{os.getppid()}")
    return {"ok": True}


async def pair(ctx, params):
    """End when two are under way in two workers."""
    note(params.path, f"{os.getppid()}")
    while len(set(pathlib.Path(params.path).read_text().split())) < 2:
        await asyncio.sleep(0.05)


async def overlap(ctx, params):
    note(params.path, "in")
    await asyncio.sleep(0.1)
    note(params.path, "out")


async def wait(ctx, params):
    note(params.path, f"{os.getpid()}")
    await asyncio.sleep(120)


async def busy(ctx, params):
    grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])
    note(params.path, f"{os.getpid()} {grandchild.pid}")
    while True:
        time.sleep(0.01)


async def kill_worker(ctx, params):
    note(params.path, "once more")
    os.kill(os.getppid(), signal.SIGKILL)
    await asyncio.sleep(120)


async def kill_self(ctx, params):
    ctx.log("last words")
    os.kill(os.getpid(), signal.SIGKILL)


async def later(ctx, params):
    if ctx.attempt < 3:
        raise RetryLater("not yet", after=0.1)
    return ctx.effect_key("step")


async def fails(ctx, params):
    raise ValueError("this cannot be done")


async def environment(ctx, params):
    return sorted(os.environ)


async def born(ctx, params):
    """Tell what this process has from the one it was forked from, and what is its own."""
    return {
        "pid": os.getpid(),
        "group": os.getpgid(0),
        "parent": os.getppid(),
        "name": pathlib.Path("/proc/self/comm").read_text().strip(),
        "environ": sorted(
            line.partition("=")[0]
            for line in pathlib.Path("/proc/self/environ").read_text().split("\0")
            if line
        ),
        "stdin": str(pathlib.Path("/proc/self/fd/0").readlink()),
        "signals": [signal.getsignal(signal.SIGTERM) is signal.SIG_DFL],
        "sqlalchemy": id(sys.modules["sqlalchemy"]),
        "chance": random.random(),
    }


async def leaves(ctx, params):
    """End otherwise than by returning, with words that are not out yet."""

    def slowly():
        time.sleep(0.2)
        print("and slow", end=" ")

    print("not out yet", end=" ")
    atexit.register(print, "at the end")
    threading.Thread(target=slowly).start()
    sys.exit(3)


async def steps(ctx, params):
    """Count to ten, one step at a time, each exactly once; the first attempt does not end."""
    begun = await ctx.marked("step") or {"n": 0}
    for n in range(begun["n"], 10):
        if ctx.attempt == 1 and n == 5:
            await asyncio.sleep(120)  # until it is interrupted
        async with ctx.transaction() as db:
            await ctx.mark("step", {"n": n + 1}, db=db)
            await db.execute(text("SELECT 1"))
            note(params.path, f"{n}")  # before it is kept: cut here, it is done once more
        ctx.progress(n + 1, 10)
        await asyncio.sleep(0.15)


async def exact(ctx, params):
    """Take eight steps, each written once: a second writer of one would break a unique key.

    With a path, the last is taken when there is such a file.
    """
    async with ctx.database.reading() as db:
        done = await db.scalar(select(func.count()).where(Mark.run_id == ctx.run_id))
    for n in range(done, 8):
        while n == 7 and params.path and not pathlib.Path(params.path).exists():
            await asyncio.sleep(0.05)
        async with ctx.transaction() as db:
            row = {"run_id": ctx.run_id, "key": str(n), "data": {"attempt": ctx.attempt}}
            await db.execute(insert(Mark).values(**row))
        await asyncio.sleep(0.25)


def renamed(params, version):
    """Turn parameters of version 1 into those of version 2."""
    return {"path": params["path"], "key": f"{params['key']} of version {version}"}


async def keyed(ctx, params):
    begun = await ctx.marked("begun")
    await ctx.mark("begun", {"key": params.key})
    note(params.path, f"{os.getppid()}")
    if begun is None and not params.key:
        await asyncio.sleep(120)  # until it is interrupted
    return params.key


async def light(ctx, params):
    """Be under way until interrupted, without a connection."""
    note(params.path, f"{os.getppid()}")
    if ctx.attempt == 1:
        await asyncio.sleep(120)


async def chatty(ctx, params):
    for n in range(3_000):
        ctx.log(f"{n} " + "x" * 1_000)


async def flood(ctx, params):
    """Say 100 MB."""
    for n in range(100_000):
        ctx.log(f"{n} " + "x" * 1_000)


async def leaks(ctx, params):
    """Say a value in every way that handlers and their drivers do by accident."""
    if params.end == "credential":
        await ctx.credential("crm")
    value = (await ctx.resolved("${cred:crm.password}", purpose="leak it")).reveal()
    half, raw = len(value) // 2, value.encode()
    for said in (
        value,
        json.dumps({"password": value}),
        json.dumps(json.dumps([value])),
        quote(value),
        quote(value, safe=""),
        f"https://ada:{quote(value, safe='')}@db.example/",
        *(base64.b64encode(b"x" * n + raw + b"yy").decode() for n in range(3)),
        base64.urlsafe_b64encode(b"ada:" + raw).decode(),
    ):
        ctx.log(f"before {said} after")
    ctx.log(value[:half])
    ctx.log(value[half:])
    ctx.log(base64.encodebytes(raw * 4).decode())
    for piece in (value[:half], value[half:] + "\n"):
        print(piece, end="", flush=True)
        await asyncio.sleep(0.06)
    os.write(2, raw[:3] + b"\n" + raw[3:] + b"\n")
    ctx.progress(1, 2, unit=value, phase=f"with {value}")
    if params.end == "error":
        raise ValueError(f"the server says: {value} is wrong")
    return {value: [value], "about": f"it is {value}", "n": 3}


async def endless(ctx, params):
    os.write(1, b"x" * 200_000 + b"\nend\n")


async def printer(ctx, params):
    os.write(1, "".join(f"line {n} {'x' * 90}\n" for n in range(20_000)).encode())


async def leaver(ctx, params):
    """Leave somebody behind who holds what is printed to, as a daemon does."""
    os.write(1, b"goes\n")
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(20)"], start_new_session=True)


async def hungry(ctx, params):
    return len(bytearray(2_000_000_000))


def _work(kind, run, **given):
    return Work(f"trials.{kind}", title=kind, params=Path, run=run, **given)


def jobs():
    retry = {"on_crash": "retry", "attempts": 3}
    return [
        _work("short", short),
        _work("pair", pair),
        _work("overlap", overlap, concurrency=Key("{key}")),
        _work("wait", wait, timeout_s=3600, **retry),
        _work("wait_fail", wait),
        _work("busy", busy, grace_s=0.3),
        _work("kill_worker", kill_worker, on_crash="retry", attempts=2),
        _work("kill_self", kill_self),
        _work("later", later, attempts=5),
        _work("fails", fails),
        _work("environment", environment),
        _work("born", born),
        _work("leaves", leaves),
        _work("steps", steps, **retry),
        _work("exact", exact, on_crash="retry", attempts=20),
        _work("keyed", keyed, version=VERSION, upgrade=renamed, **retry),
        _work("light", light, **retry),
        _work("chatty", chatty),
        _work("flood", flood),
        _work("leaks", leaks),
        _work("endless", endless),
        _work("printer", printer),
        _work("leaver", leaver),
        _work("hungry", hungry, memory_mb=1_000),
        _work("brief", wait, timeout_s=1, grace_s=0.2),
    ]
