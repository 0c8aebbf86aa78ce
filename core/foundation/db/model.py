"""Tables: one schema for each owner, and what every changeable row carries."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Integer, MetaData, Text, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from foundation.ids import uuid7

CORE = "foundation"
"""The owner id of core's own tables, and so the name of their schema."""

# Unnamed constraints get these names, so that a later migration can drop them by name.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def metadata_for(owner: str) -> MetaData:
    """Return the metadata of *owner*'s tables: they all lie in the schema named as its id."""
    return MetaData(schema=owner, naming_convention=NAMES)


class CoreBase(DeclarativeBase):
    """Base of core's own tables, all in the schema ``foundation``.

    ``str`` is TEXT, ``datetime`` is TIMESTAMPTZ and ``dict[str, Any]`` is JSONB, as the first
    revision has them.
    """

    metadata = metadata_for(CORE)
    type_annotation_map: ClassVar[dict[Any, Any]] = {  # SQLAlchemy keys this by any type
        str: Text,
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB,
    }


class SchemaInfo(CoreBase):
    """How far each owner's tables are, so that code can tell whether it fits them.

    *generation* is the place of *revision* in its owner's history; code of a generation down to
    *readable_from* may run on these tables.
    """

    __tablename__ = "schema_info"

    owner: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[str]
    generation: Mapped[int]
    readable_from: Mapped[int]


class VersionedRow:
    """What a row that people change carries: a sortable id, a version and two times.

    The version rises with each update and is part of its WHERE, so a stale change raises
    `StaleDataError`, which the edge answers with 412. Both times are the database's.
    """

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid7, sort_order=-1)
    version: Mapped[int] = mapped_column(Integer, sort_order=90)
    created_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), sort_order=91
    )
    updated_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=func.now(), onupdate=func.now(), sort_order=92
    )

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:  # SQLAlchemy's own signature
        """Count versions, and fetch the database's times with the statement that sets them."""
        return {"version_id_col": cls.version, "eager_defaults": True}
