"""All that a plugin may use of Foundation; nothing else of core is its business.

Additions raise the minor of `CONTRACT`; a removal needs a new major and a deprecation before it.
Ports are beside their Protocols in `foundation.ports`, which a plugin may import too.
"""

from foundation.audit.events import (
    Commit,
    Detail,
    Drop,
    Event,
    EventType,
    Keyed,
    Mask,
    Plain,
    Target,
)
from foundation.audit.reader import Entry
from foundation.audit.takeout import Takeout
from foundation.audit.vocabulary import OwaspWord
from foundation.auth.limits import Rate
from foundation.auth.models import exported as core
from foundation.auth.permissions import Permission, Public, Role, SignedIn
from foundation.auth.principal import Principal
from foundation.crypto.bundle import BundleRefused, open_bundle, seal_bundle
from foundation.crypto.envelope import Binding, SealedValue
from foundation.crypto.ring import SealBroken, VaultSealed
from foundation.db.model import VersionedRow, metadata_for
from foundation.db.page import Paged, keyset
from foundation.db.sealed import SEALED, SealedPlace
from foundation.errors import (
    BadRequest,
    Conflict,
    FieldProblem,
    Forbidden,
    FoundationError,
    Gone,
    Invalid,
    NotFound,
    PreconditionFailed,
    StepUpRequired,
    TooMany,
    Unavailable,
)
from foundation.http.apart import apart
from foundation.http.context import Context
from foundation.http.etag import check_version
from foundation.http.models import (
    Moment,
    Name,
    Page,
    PageQuery,
    Query,
    Reason,
    Request,
    Slug,
    Text,
    Versioned,
    View,
)
from foundation.http.reply import Reply
from foundation.http.router import IfMatch, Router
from foundation.ids import uuid7
from foundation.live.topics import Topic
from foundation.outbound.client import HttpClient, egress_to
from foundation.outbound.origin import EgressRefused, origin_of
from foundation.outbound.smtp import sign_in as smtp_sign_in
from foundation.plugins.contributions import (
    Command,
    Frontend,
    Health,
    HealthCheck,
    Job,
    Lifespan,
    Manifest,
    NavEntry,
    Offer,
    PaletteCommand,
    Platform,
    Services,
    Subscription,
    Tables,
    Widget,
)
from foundation.plugins.hookspecs import CONTRACT, hook
from foundation.plugins.pages import FramePage, ModulePage, Placeholder, ResourcePage
from foundation.plugins.resource import (
    Action,
    Column,
    DetailGroup,
    Empty,
    Filter,
    Form,
    FormGroup,
    Resource,
    Tab,
)
from foundation.plugins.settings import PluginSettings
from foundation.plugins.shapes import (
    Chart,
    ChartPoint,
    Checklist,
    Figure,
    Figures,
    ItemList,
    ListItem,
    Series,
    Step,
)
from foundation.ports import CredentialKind, Port
from foundation.runs.handling import RunContext
from foundation.runs.job import Cron, Key, RetryLater
from foundation.runs.lending import CredentialRefused
from foundation.secret import Secret
from foundation.telemetry.keeping import show_secrets_due
from foundation.telemetry.live import hide_from_logs
from foundation.telemetry.metrics import count_secret_use

__all__ = [
    "CONTRACT",
    "SEALED",
    "Action",
    "BadRequest",
    "Binding",
    "BundleRefused",
    "Chart",
    "ChartPoint",
    "Checklist",
    "Column",
    "Command",
    "Commit",
    "Conflict",
    "Context",
    "CredentialKind",
    "CredentialRefused",
    "Cron",
    "Detail",
    "DetailGroup",
    "Drop",
    "EgressRefused",
    "Empty",
    "Entry",
    "Event",
    "EventType",
    "FieldProblem",
    "Figure",
    "Figures",
    "Filter",
    "Forbidden",
    "Form",
    "FormGroup",
    "FoundationError",
    "FramePage",
    "Frontend",
    "Gone",
    "Health",
    "HealthCheck",
    "HttpClient",
    "IfMatch",
    "Invalid",
    "ItemList",
    "Job",
    "Key",
    "Keyed",
    "Lifespan",
    "ListItem",
    "Manifest",
    "Mask",
    "ModulePage",
    "Moment",
    "Name",
    "NavEntry",
    "NotFound",
    "Offer",
    "OwaspWord",
    "Page",
    "PageQuery",
    "Paged",
    "PaletteCommand",
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
    "Rate",
    "Reason",
    "Reply",
    "Request",
    "Resource",
    "ResourcePage",
    "RetryLater",
    "Role",
    "Router",
    "RunContext",
    "SealBroken",
    "SealedPlace",
    "SealedValue",
    "Secret",
    "Series",
    "Services",
    "SignedIn",
    "Slug",
    "Step",
    "StepUpRequired",
    "Subscription",
    "Tab",
    "Tables",
    "Takeout",
    "Target",
    "Text",
    "TooMany",
    "Topic",
    "Unavailable",
    "VaultSealed",
    "Versioned",
    "VersionedRow",
    "View",
    "Widget",
    "apart",
    "check_version",
    "core",
    "count_secret_use",
    "egress_to",
    "hide_from_logs",
    "hook",
    "keyset",
    "metadata_for",
    "open_bundle",
    "origin_of",
    "seal_bundle",
    "show_secrets_due",
    "smtp_sign_in",
    "uuid7",
]
