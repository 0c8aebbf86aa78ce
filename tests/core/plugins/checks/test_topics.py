"""What a plugin may name as a topic."""

from foundation.live.topics import Topic
from foundation.plugins.checks.topics import topic_problems
from foundation.plugins.resource import Resource
from foundation.sdk import Permission

READ = Permission("feed:row:read", "Read")


def problems(*topics, live=""):
    resource = Resource("row", "rows", "/feed", "text", READ, (), live=live)
    return topic_problems("feed", topics, [resource], permissions={READ.name})


def test_a_topic_of_its_own_is_right():
    assert problems(Topic("feed.row", READ), live="feed.row") == []


def test_a_name_of_another_or_none_is_told():
    assert problems(live="etl.row") == [
        "topic etl.row must begin with feed., as its audit events do"
    ]
    assert problems(Topic("Feed!", READ)) == ["topic 'Feed!' is no name such as feed.row"]


def test_a_right_nobody_declares_is_told():
    other = Permission("etl:row:read", "Read")
    assert problems(Topic("feed.row", other)) == [
        "topic feed.row needs 'etl:row:read', which this plugin does not declare"
    ]
