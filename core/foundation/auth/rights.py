"""What somebody may do, read from the tables: their roles, and what those give beyond core's own.

A role of one's own gives what it names; a built-in one also what plugins give it with an admin's
consent.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, SQLColumnExpression, Text, func, literal, select, union
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql import ColumnElement
from sqlalchemy.sql.expression import ScalarSelect

from foundation.auth.models import CustomRole, PluginRight, UserRole
from foundation.auth.permissions import Role


def role_names(user_id: InstrumentedAttribute[UUID]) -> ColumnElement[list[str]]:
    """Return the names of all roles of a user, as an array."""
    names = select(UserRole.role).distinct().where(UserRole.user_id == user_id)
    return _array(names.correlate_except(UserRole).scalar_subquery())


def custom_grants(user_id: InstrumentedAttribute[UUID]) -> ColumnElement[list[str]]:
    """Return all permissions that a user's custom roles name, or plugins gave, as an array."""
    each = (
        select(func.unnest(CustomRole.permissions))
        .distinct()
        .join(UserRole, UserRole.role == CustomRole.name)
        .where(UserRole.user_id == user_id)
        .correlate_except(CustomRole, UserRole)
    )
    confirmed = (
        select(PluginRight.permission)
        .join(UserRole, _reaches(UserRole.role))
        .where(UserRole.user_id == user_id, PluginRight.granted)
        .correlate_except(PluginRight, UserRole)
    )
    return _array(union(each, confirmed).scalar_subquery())


async def confirmed_for(db: AsyncSession, role: str) -> list[str]:
    """Return what plugins give the built-in *role* with an admin's consent."""
    names = select(PluginRight.permission).where(PluginRight.granted, _reaches(literal(role)))
    return list((await db.execute(names.distinct())).scalars())


async def grants_of_role(db: AsyncSession, name: str) -> list[str] | None:
    """Return what *name* gives beyond what core declares; None when there is no such role."""
    if name in set(Role):
        return await confirmed_for(db, name)
    return await role_permissions(db, name)


async def role_permissions(db: AsyncSession, name: str) -> list[str] | None:
    """Return what the custom role *name* gives, or None when there is no such role."""
    found = await db.execute(select(CustomRole.permissions).where(CustomRole.name == name))
    return found.scalar_one_or_none()


async def role_exists(db: AsyncSession, name: str) -> bool:
    """Tell whether *name* is a role, built in or not."""
    return name in set(Role) or await role_permissions(db, name) is not None


def _reaches(role: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Match what plugins give *role*: what a viewer may, an operator may too."""
    return (PluginRight.role == role) | (role == Role.OPERATOR.value)


def _array(each: ScalarSelect[Any]) -> ColumnElement[list[str]]:
    return func.array(each, type_=ARRAY(Text))
