"""Procrastinate as `Delivery`: a messenger that may forget or repeat, and is never the truth."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from procrastinate import App, PsycopgConnector

from foundation.db.address import engine_url
from foundation.runs.delivery import Deliver
from foundation.secret import Secret

TASK = "foundation.execute"


def conninfo(url: Secret) -> str:
    """Return the address for psycopg, which names TLS as libpq does."""
    made = engine_url(url)
    query = {"sslmode" if name == "ssl" else name: value for name, value in made.query.items()}
    query.pop("timeout", None)
    return made.set(drivername="postgresql", query=query).render_as_string(hide_password=False)


class ProcrastinateDelivery:
    """Serves the queues of the schema ``procrastinate``."""

    def __init__(self, url: Secret, *, poll_s: float = 5.0) -> None:
        self._poll_s = poll_s
        self._app = App(
            connector=PsycopgConnector(
                conninfo=conninfo(url),
                kwargs={"options": "-c search_path=procrastinate"},
                min_size=1,
                max_size=3,
            )
        )
        self._serving: asyncio.Task[None] | None = None

    async def serve(self, deliver: Deliver, *, queues: Sequence[str], slots: int) -> None:
        """Hand deliveries to *deliver* until `stop`, or until the engine itself fails."""
        # Typed as the engine calls it: with the names and values of the JSON it was given.

        @self._app.task(name=TASK)
        async def execute(run: str, attempt: int) -> None:
            await deliver(UUID(run), attempt)

        # Without any periodic task the engine's watch over its own side tasks ends at once.
        @self._app.periodic(cron="0 * * * *")
        @self._app.task(name="foundation.tick", queue=queues[0])
        async def tick(timestamp: int) -> None:
            """Do nothing."""

        async with self._app.open_async():
            self._serving = asyncio.create_task(
                self._app.run_worker_async(
                    queues=list(queues),
                    concurrency=slots,
                    delete_jobs="always",
                    listen_notify=True,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=self._poll_s,
                    stalled_worker_timeout=60.0,
                )
            )
            with suppress(asyncio.CancelledError):
                await self._serving

    async def stop(self) -> None:
        """Take no more; what is under way ends by itself."""
        if self._serving is not None:
            self._serving.cancel()
