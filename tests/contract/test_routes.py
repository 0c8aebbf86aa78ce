"""The area "routes" of the conformance suite, for every bundled plugin and every example."""

from foundation.testing.conformance.routes import *  # noqa: F403  # its checks and their fixtures
