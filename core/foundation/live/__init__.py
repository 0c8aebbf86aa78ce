"""Live updates: one stream for each browser, told by PostgreSQL what has changed.

    a change ─► its audit event ─► sealed ─┐
    a run moves, says, gets on ────────────┴─► NOTIFY ─► a worker's one listener ─► hub ─► streams

A notification only wakes; what is told is read from the tables, so nothing is kept for a client.
"""
