"""What a database error means to the caller: told apart by SQLSTATE, never by its text."""

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from foundation.errors import Conflict, FoundationError, Invalid, PreconditionFailed, Unavailable

RETRIES = 3
"""How often work that lost a race against other work is done anew."""

# Appendix A of the PostgreSQL manual names these codes.
LOST_A_RACE = frozenset({"40001", "40P01", "55P03"})
OVERLOADED = frozenset({"57014", "53300", "53200", "53400", "57P01", "57P02", "57P03", "25P03"})
UNSTORABLE_TEXT = frozenset({"22021", "22P05"})
UNIQUE, FOREIGN_KEY, INTERNAL = "23505", "23503", "XX000"


class OutcomeUnknown(Unavailable):
    """The connection was lost during COMMIT: the change may stand, so it must not be redone."""

    code, title = "outcome_unknown", "It is unknown whether this was done"


def sqlstate(fault: BaseException) -> str:
    """Return the SQLSTATE of *fault*, or an empty text."""
    return getattr(fault.orig, "sqlstate", None) or "" if isinstance(fault, DBAPIError) else ""


def is_lost(fault: BaseException) -> bool:
    """Whether *fault* is a connection that died under us."""
    return isinstance(fault, DBAPIError) and (
        fault.connection_invalidated or sqlstate(fault).startswith("08")
    )


def is_retryable(fault: BaseException, *, attempt: int = 1) -> bool:
    """Whether work that failed in its *attempt*-th run may run anew in a new transaction.

    Three times after a lost race, which a plan that a migration made stale is as well (asyncpg's
    ``InvalidCachedStatementError``, SQLSTATE 0A000): who waited too long for the migration's lock
    meets the stale plan when it tries again. Once for a dead connection.
    """
    if sqlstate(fault) in LOST_A_RACE or _is_stale_plan(fault):
        return attempt <= RETRIES
    return attempt <= 1 and is_lost(fault)


def _is_stale_plan(fault: BaseException) -> bool:
    """Whether a plan or a type that the driver remembers is no longer what it was."""
    if not isinstance(fault, DBAPIError) or fault.orig is None:
        return False
    forgotten = sqlstate(fault) == INTERNAL and "cache lookup failed for type" in str(fault.orig)
    # SQLAlchemy's own class for this carries no SQLSTATE; the driver's error is its cause. Where
    # the driver was asked itself, it has prepared the statement anew once and in vain.
    told = fault.orig, fault.orig.__cause__
    return forgotten or any(isinstance(one, asyncpg.InvalidCachedStatementError) for one in told)


def to_error(fault: BaseException) -> FoundationError | None:
    """Return what a caller is told about *fault*, or None when it is a fault of ours."""
    match fault:
        case FoundationError():
            return fault
        case StaleDataError():
            return PreconditionFailed("Read it again, then repeat your change.")
        case PoolTimeout():
            return _away("All database connections are busy.")
        case DBAPIError():
            return _by_state(fault)
    return None


def _by_state(fault: DBAPIError) -> FoundationError | None:
    code = sqlstate(fault)
    if is_lost(fault) or code in OVERLOADED | LOST_A_RACE or _is_stale_plan(fault):
        return _away("The database did not finish this in time.")
    if code == UNIQUE:
        return Conflict("There is one like this already.")
    if code == FOREIGN_KEY:
        return Conflict("Something else refers to this, or what it refers to is gone.")
    if code in UNSTORABLE_TEXT:
        return Invalid("A text holds a character that cannot be stored.")
    return None


def _away(detail: str) -> Unavailable:
    return Unavailable(detail, headers={"Retry-After": "1"})


def broken_constraint(fault: IntegrityError) -> str | None:
    """Return the name of the constraint that *fault* broke, so that a service can name the case."""
    driver = fault.orig.__cause__ if fault.orig else None
    return getattr(driver, "constraint_name", None)


def in_words(fault: BaseException) -> str:
    """Return the first line of *fault* for operators: the server's own words where it has some."""
    told = fault.orig if isinstance(fault, DBAPIError) and fault.orig else fault
    words = str(told).partition(">: ")[2] or str(told)
    return (words.strip().splitlines() or [type(fault).__name__])[0]
