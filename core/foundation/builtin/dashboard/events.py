"""What the dashboard says in the audit trail, which is also where it remembers it."""

from foundation.audit.events import EventType

PUT_AWAY = EventType("dashboard.steps.dismissed", "First steps put away", severity="low")
BROUGHT_BACK = EventType("dashboard.steps.restored", "First steps brought back", severity="low")

ALL = (PUT_AWAY, BROUGHT_BACK)
FAMILY = "dashboard.steps"
