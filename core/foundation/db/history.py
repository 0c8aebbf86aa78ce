"""An owner's revisions as files: one line of them, each with its place."""

import re
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alembic.config import Config
from alembic.script import Script, ScriptDirectory
from sqlalchemy import MetaData

ENVIRONMENT = Path(__file__).parent / "migrations"
"""Core's folder with the one ``env.py`` and the template of new revisions."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whoever has tables: an id that names the schema, the tables, and the folder of revisions.

    *requires* are the ids of owners whose failed migration makes this one wait.
    """

    id: str
    metadata: MetaData
    migrations: Path
    requires: tuple[str, ...] = ()


class BadHistory(Exception):
    """The revisions of an owner do not form one line; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class History:
    """The revisions of one owner, oldest first; a generation is a place in them, from 1."""

    owner: Owner
    revisions: tuple[str, ...]
    readable_from: int

    @property
    def head(self) -> str:
        """The newest revision."""
        return self.revisions[-1]

    @property
    def generation(self) -> int:
        """The place of the newest revision."""
        return len(self.revisions)

    def after(self, revision: str | None) -> int:
        """Return how many revisions come after *revision*, which is among these or None."""
        done = 0 if revision is None else self.revisions.index(revision) + 1
        return self.generation - done


def config_for(owner: Owner) -> Config:
    """Return Alembic's configuration for *owner*: core's ``env.py``, the owner's revisions."""
    config = Config(cmd_opts=Namespace(quiet=True))
    config.set_main_option("script_location", _escaped(ENVIRONMENT))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", _escaped(owner.migrations))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")


def read_history(owner: Owner) -> History:
    """Read the revision files of *owner*; raises `BadHistory`."""
    try:
        directory = ScriptDirectory.from_config(config_for(owner))
        scripts = [*directory.walk_revisions()][::-1]
    except Exception as broken:  # a revision file is foreign code
        raise BadHistory(f"its revisions cannot be read: {broken}") from broken
    if not scripts:
        raise BadHistory(f"there is no revision in {owner.migrations}")
    for script in scripts:
        _check(script, owner)
    ends = directory.get_heads()
    if len(ends) > 1 or len(directory.get_bases()) > 1:
        raise BadHistory("its revisions do not form one line; they end in " + ", ".join(ends))
    names = tuple(script.revision for script in scripts)
    return History(owner, names, readable_from(scripts, names))


def _check(script: Script, owner: Owner) -> None:
    if not re.fullmatch(rf"{owner.id}_[0-9a-f]{{8}}", script.revision):
        raise BadHistory(f"a revision is named {owner.id}_<8 hex>, not {script.revision}")
    if isinstance(script.down_revision, tuple) or script.dependencies:
        raise BadHistory(f"{script.revision} merges or depends on others; keep one line")
    if not hasattr(script.module, "downgrade") and not getattr(script.module, "one_way", ""):
        raise BadHistory(f'{script.revision} needs downgrade() or one_way = "the reason"')


def readable_from(scripts: Sequence[Script], names: tuple[str, ...]) -> int:
    """Return the oldest generation whose code still reads the newest one's tables."""
    oldest = 1
    for script in scripts:
        named = getattr(script.module, "readable_from", None)
        if named is None:
            continue
        if named not in names:
            raise BadHistory(f"{script.revision}: readable_from names no revision: {named}")
        oldest = names.index(named) + 1
    return oldest
