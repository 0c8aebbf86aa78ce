"""The series of streams: how many are open, and why they ended."""

from foundation.telemetry import metrics
from foundation.telemetry.streams import count_stream_end, set_streams


def test_open_streams_and_their_ends_are_in_the_text_of_a_scrape():
    metrics.install()
    set_streams(3)
    count_stream_end("drain")

    text = metrics.render().decode()

    assert "foundation_sse_streams 3.0" in text
    assert 'foundation_sse_ended_total{reason="drain"} 1.0' in text
