"""The area "pages" of the conformance suite, for every bundled plugin and every example."""

from foundation.testing.conformance.pages import *  # noqa: F403  # its checks and their fixtures
