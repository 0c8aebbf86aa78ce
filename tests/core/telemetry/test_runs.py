"""The series of runs: counted by whoever does them, and told of the queues."""

from foundation.telemetry import metrics
from foundation.telemetry.runs import count_run, set_queues


def test_ends_and_queues_are_in_the_text_of_a_scrape():
    metrics.install()
    count_run("feed", "feed.pull", "succeeded", 2.5)
    count_run("feed", "feed.pull", "lost", None)
    set_queues([("default", 3, 12.0, 2)])

    text = metrics.render().decode()

    labels = 'kind="feed.pull",outcome="succeeded",plugin="feed"'
    assert f"foundation_runs_total{{{labels}}} 1.0" in text
    assert 'foundation_run_seconds_bucket{kind="feed.pull",le="5.0"} 1.0' in text
    assert 'foundation_runs_queue_depth{queue="default"} 3.0' in text
    assert 'foundation_runs_oldest_queued_seconds{queue="default"} 12.0' in text
    assert 'foundation_runs_executors_live{queue="default"} 2.0' in text
