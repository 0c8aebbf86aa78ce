"""What somebody may do, read from the tables: their roles, and what roles of one's own give."""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import ScalarSelect

from foundation.auth.models import CustomRole, UserRole
from foundation.auth.permissions import Role


def role_names(user_id: InstrumentedAttribute[UUID]) -> ColumnElement[list[str]]:
    """Return the names of all roles of a user, as an array."""
    names = select(UserRole.role).distinct().where(UserRole.user_id == user_id)
    return _array(names.correlate_except(UserRole).scalar_subquery())


def custom_grants(user_id: InstrumentedAttribute[UUID]) -> ColumnElement[list[str]]:
    """Return all permissions that a user's custom roles name, as an array."""
    each = (
        select(func.unnest(CustomRole.permissions))
        .distinct()
        .join(UserRole, UserRole.role == CustomRole.name)
        .where(UserRole.user_id == user_id)
        .correlate_except(CustomRole, UserRole)
    )
    return _array(each.scalar_subquery())


async def role_permissions(db: AsyncSession, name: str) -> list[str] | None:
    """Return what the custom role *name* gives, or None when there is no such role."""
    found = await db.execute(select(CustomRole.permissions).where(CustomRole.name == name))
    return found.scalar_one_or_none()


async def role_exists(db: AsyncSession, name: str) -> bool:
    """Tell whether *name* is a role, built in or not."""
    return name in set(Role) or await role_permissions(db, name) is not None


def _array(each: ScalarSelect[Any]) -> ColumnElement[list[str]]:
    return func.array(each, type_=ARRAY(Text))
