"""Topics by name, and who may follow them."""

import pytest

from foundation.auth.permissions import Permission, SignedIn
from foundation.auth.principal import ANONYMOUS, Principal
from foundation.live.topics import Topic, is_key, known_topics, may_follow, name_of

READ = Permission("feed:row:read", "Read rows")
READER = Principal("user", permissions=frozenset({READ.name}))


@pytest.mark.parametrize("key", ["audit", "feed.row", "feed.row:0192-ab_C"])
def test_a_key_is_a_name_perhaps_with_an_id(key):
    assert is_key(key)


@pytest.mark.parametrize(
    "key", ["", "Feed.row", "feed.row:", "feed.row:a b", "a;b=1", "feed.row,x"]
)
def test_anything_else_is_none(key):
    assert not is_key(key)


def test_what_belongs_to_one_thing_has_the_rights_of_its_kind():
    known = known_topics([Topic("feed.row", READ)])

    assert name_of("feed.row:7") == "feed.row"
    assert may_follow(known, "feed.row:7", READER)
    assert not may_follow(known, "feed.row:7", Principal("user"))
    assert not may_follow(known, "feed.other", READER)


def test_of_two_declarations_either_right_will_do():
    known = known_topics([Topic("feed.row", READ), Topic("feed.row", SignedIn("all may"))])

    assert may_follow(known, "feed.row", Principal("user"))
    assert not may_follow(known, "feed.row", ANONYMOUS)
