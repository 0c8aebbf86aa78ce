"""All that a plugin may use of Foundation; nothing else of core is its business.

Additions raise the minor of `CONTRACT`; a removal needs a new major and a deprecation before it.
Ports are beside their Protocols in `foundation.ports`, which a plugin may import too.
"""

from foundation.audit.events import Detail, Drop, Event, EventType, Mask, Plain, Target
from foundation.auth.models import exported as core
from foundation.auth.permissions import Permission, Public, Role, SignedIn
from foundation.auth.principal import Principal
from foundation.crypto.envelope import Binding, SealedValue
from foundation.db.model import VersionedRow, metadata_for
from foundation.db.page import keyset
from foundation.errors import (
    BadRequest,
    Conflict,
    FieldProblem,
    Forbidden,
    FoundationError,
    Invalid,
    NotFound,
    PreconditionFailed,
    StepUpRequired,
    Unavailable,
)
from foundation.http.context import Context
from foundation.http.etag import check_version
from foundation.http.models import (
    Name,
    Page,
    PageQuery,
    Query,
    Request,
    Slug,
    Text,
    Versioned,
    View,
)
from foundation.http.reply import Reply
from foundation.http.router import IfMatch, Router
from foundation.ids import uuid7
from foundation.plugins.contributions import (
    Action,
    Column,
    Filter,
    Frontend,
    Health,
    HealthCheck,
    Lifespan,
    Manifest,
    NavEntry,
    Offer,
    Platform,
    Resource,
    Services,
    Tab,
    Tables,
)
from foundation.plugins.hookspecs import CONTRACT, hook
from foundation.plugins.pages import ModulePage, Placeholder, ResourcePage
from foundation.plugins.settings import PluginSettings
from foundation.ports import Port
from foundation.secret import Secret

__all__ = [
    "CONTRACT",
    "Action",
    "BadRequest",
    "Binding",
    "Column",
    "Conflict",
    "Context",
    "Detail",
    "Drop",
    "Event",
    "EventType",
    "FieldProblem",
    "Filter",
    "Forbidden",
    "FoundationError",
    "Frontend",
    "Health",
    "HealthCheck",
    "IfMatch",
    "Invalid",
    "Lifespan",
    "Manifest",
    "Mask",
    "ModulePage",
    "Name",
    "NavEntry",
    "NotFound",
    "Offer",
    "Page",
    "PageQuery",
    "Permission",
    "Placeholder",
    "Plain",
    "Platform",
    "PluginSettings",
    "Port",
    "PreconditionFailed",
    "Principal",
    "Public",
    "Query",
    "Reply",
    "Request",
    "Resource",
    "ResourcePage",
    "Role",
    "Router",
    "SealedValue",
    "Secret",
    "Services",
    "SignedIn",
    "Slug",
    "StepUpRequired",
    "Tab",
    "Tables",
    "Target",
    "Text",
    "Unavailable",
    "Versioned",
    "VersionedRow",
    "View",
    "check_version",
    "core",
    "hook",
    "keyset",
    "metadata_for",
    "uuid7",
]
