"""What this section says in the audit trail."""

from foundation.sdk import EventType

WRITTEN = EventType("hello.note.written", "Note written", targets=("note",))
DELETED = EventType("hello.note.deleted", "Note deleted", targets=("note",))
