"""PostgreSQL as a child of Foundation: the wheel's binaries, a folder of its own, no port."""

from foundation.db.embedded.cluster import folder_in
from foundation.db.embedded.faults import CannotServe
from foundation.db.embedded.server import EmbeddedPostgres

__all__ = ["CannotServe", "EmbeddedPostgres", "folder_in"]
