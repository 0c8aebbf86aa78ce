"""Ports are typed tokens: a name and a major version."""

import inspect
import re

from foundation import ports
from foundation.ports import Port

ALL = [thing for thing in vars(ports).values() if isinstance(thing, Port)]


def test_a_port_is_its_name_and_its_major_version():
    assert Port("a.b", 1) == Port("a.b", 1)
    assert Port("a.b", 1) != Port("a.b", 2)


def test_every_port_is_named_after_its_owner_and_none_twice():
    names = [port.name for port in ALL]

    assert names
    assert len(set(names)) == len(names)
    assert [name for name in names if not re.fullmatch(r"[a-z_]+\.[a-z_]+", name)] == []


def test_every_protocol_says_what_it_is_for():
    protocols = [t for t in vars(ports).values() if getattr(t, "_is_protocol", False)]

    assert [p.__name__ for p in protocols if not inspect.getdoc(p)] == []
