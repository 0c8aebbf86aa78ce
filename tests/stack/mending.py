"""A test that failed may have left a part stopped: it is started again, so one failure stays one."""

import psycopg

from .picture import Picture
from .program import until


def mend(picture: Picture) -> None:
    """Start what does not run any more, the database first."""
    try:
        picture.sql("SELECT 1")
    except psycopg.OperationalError:
        picture.postgres.start(lambda _: None)
    if picture.provider.process is not None and picture.provider.process.has_ended():
        picture.provider.start()
    parts = (picture.redis, picture.web, picture.caddy, picture.api, picture.worker)
    for part in (part for part in parts if part.has_ended()):
        part.log.write_text("")
        part.start()
    until(picture.serves, "three workers are ready")
