"""The area "removal" of the conformance suite, for every bundled plugin and every example."""

from foundation.testing.conformance.removal import *  # noqa: F403  # its checks and their fixtures
