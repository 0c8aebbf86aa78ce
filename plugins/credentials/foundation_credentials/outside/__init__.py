"""Connection tests: each asks one remote, in a process of its own, and ends in one word.

A module here is loaded by name and alone, so a driver that is not installed is missed by its own
kind only. ``ask`` gets the values in the clear and answers a word of `foundation_credentials.
schemas.Result`; an exception is turned into one by `__main__`. What a remote says is never told.
"""
