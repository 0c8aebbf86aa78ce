"""Runs: work that survives its process, executed at least once, with a state changed exactly once.

    start ─► runs (PostgreSQL, the truth) ─► Delivery (Procrastinate, only a messenger)
                                                │
    worker: claims with a new fence ─► child process for each attempt ─► the plugin's handler

Every write for an attempt carries its fence; an attempt that was replaced changes nothing.
"""
