"""What ``/api/live`` takes."""

from typing import Annotated

from pydantic import AfterValidator, Field

from foundation.http.models import Query
from foundation.live.places import MOST_TEXT
from foundation.live.topics import MOST_TOPICS, is_key


def _are_topics(text: str) -> str:
    keys = text.split(",")
    if len(keys) > MOST_TOPICS:
        raise ValueError(f"at most {MOST_TOPICS} topics in one stream")
    if not all(map(is_key, keys)):
        raise ValueError("give topics such as feed.row,runs.run:0192d3a4")
    return text


class LiveQuery(Query):
    """What to follow: *topics* with commas between; *after* is the id of an earlier stream."""

    topics: Annotated[str, Field(min_length=2, max_length=3_000), AfterValidator(_are_topics)]
    after: Annotated[str, Field(max_length=MOST_TEXT)] = ""
