"""The acceptance list of the trail: each line has a test, named here; those of no other file are here."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import text

from foundation.app.entitled import still_may
from foundation.audit.actor import Actor, Source
from foundation.audit.keeper import EVERY_S, Keeper
from foundation.audit.reader import Trail, TrailFilter
from foundation.audit.sealer import BATCH, LOCK
from foundation.auth.entry import LEASE
from foundation.clock import SystemClock
from foundation.db.engine import TIMEOUTS, Database
from foundation.ids import uuid7
from foundation.live.stream import BEAT_S, CHECK_S
from foundation.runs import moves
from foundation.runs.entitled import revoke
from foundation.runs.models import Run
from foundation.runs.pace import Pace
from foundation.secret import Secret
from foundation.testing.follow import follow
from foundation.testing.people import SignIn

TESTS = Path(__file__).parents[2]

SHOWN = {
    1: ("core/audit/test_guard.py", "a_change_nobody_told_is_undone"),
    2: ("core/audit/test_guard.py", "a_change_is_kept_with_its_event_before_or_after_it"),
    3: ("core/http/test_work.py", "work_goes_on_when_its_client_leaves"),
    4: ("core/http/test_attempt.py", "a_13_4_a_failing_audit_insert_undoes_the_change"),
    5: ("core/db/test_migrations.py", "many_changes_need_one_event"),
    6: ("core/audit/test_record.py", "what_was_not_declared_is_refused_before_any_write"),
    7: ("core/plugins/checks/test_events.py", "a_detail_changes_with_a_new_version_only"),
    8: ("core/audit/test_shape.py", "an_unmarked_field_that_looks_secret_is_a_problem"),
    9: ("e2e/test_canary.py", "a_13_9_a_canary_is_in_no_export_and_no_sink"),
    10: ("core/audit/test_redact.py", "a_detail_over_the_limit_is_refused_and_not_stored_half"),
    11: ("core/audit/test_row.py", "what_was_hashed_when_written_is_hashed_when_read"),
    12: ("core/audit/test_roles.py", "the_service_may_not"),
    13: ("core/audit/test_sealer.py", "the_tree_only_grows_even_under_replica"),
    14: ("core/db/test_migrations.py", "a_month_of_the_trail_refuses_what_the_whole_refuses"),
    15: ("core/audit/test_workers.py", "workers_killed_at_random_lose_double_and_reorder_no_event"),
    16: ("core/audit/test_acceptance.py", "a_13_16_what_is_recorded_is_sealed_while_more_comes"),
    17: ("core/audit/test_workers.py", "workers_killed_at_random_lose_double_and_reorder_no_event"),
    18: ("core/audit/test_acceptance.py", "a_13_18_a_frozen_sealer_delays_and_cannot_commit_later"),
    19: ("core/audit/test_sealer.py", "a_second_sealer_without_the_lock_fails_on_a_unique_key"),
    20: ("core/audit/test_sealer.py", "no_note_exists_for_an_uncommitted_head"),
    21: ("core/audit/test_sealer.py", "a_row_altered_before_sealing_gets_its_leaf_and_is_told"),
    22: ("core/audit/test_sealer.py", "a_restored_older_database_halts_sealing_and_not_writes"),
    23: (
        "core/audit/test_care.py",
        "an_epoch_goes_on_after_a_restore_and_commits_to_the_last_note",
    ),
    24: ("core/audit/proof/test_tree.py", "all_proofs_up_to_300_leaves_lead_to_the_oracles_roots"),
    25: ("core/audit/proof/test_judge.py", "an_edited_cell_is_found_and_named"),
    26: ("core/audit/test_prune.py", "a_13_26_erased_expired_and_pruned_together_verify"),
    27: ("core/audit/proof/test_judge.py", "history_that_was_rewritten_and_signed_again_fails"),
    28: ("core/audit/test_signer.py", "after_a_rotation_old_and_new_notes_verify"),
    29: ("core/audit/test_start.py", "with_signing_off_the_key_is_not_even_looked_at"),
    30: ("core/audit/test_care.py", "every_other_change_is_refused_even_beside_an_event"),
    31: ("core/audit/test_prune.py", "a_13_31_proofs_made_before_pruning_verify_after_it"),
    32: ("core/audit/test_keeper.py", "a_month_missing_soon_and_unsigned_heads_are_told"),
    33: ("core/audit/test_prune.py", "a_13_33_nothing_is_detached_when_the_archive"),
    34: ("core/db/test_page.py", "paging_under_inserts_repeats_nothing_and_skips_nothing"),
    35: ("core/audit/test_acceptance.py", "a_13_35_a_right_that_is_taken_away_ends_paging_export"),
    36: ("core/audit/test_acceptance.py", "a_13_36_a_page_reads_its_own_rows_however_deep_it_is"),
    37: ("core/audit/test_handout.py", "a_formula_is_text_in_a_spreadsheet"),
    38: ("core/live/test_service.py", "the_tail_of_the_trail_cut_and_resumed_misses_and_repeats"),
    39: ("core/audit/sinks/test_courier.py", "a_13_39_a_sink_that_hangs_delays_no_request"),
    40: ("core/http/test_denials.py", "a_13_40_ten_thousand_equal_denials_are_two_rows"),
}
"""By number: the file, and how the name of the test begins."""


@pytest.mark.parametrize("number", range(1, 41))
def test_each_line_has_its_test(number):
    file, name = SHOWN[number]

    found = re.findall(r"def test_(\w+)", (TESTS / file).read_text("utf-8"))
    assert any(each.startswith(name) for each in found)


async def test_a_13_16_what_is_recorded_is_sealed_while_more_comes(log):
    """How fast is measured in bench/lag.py, by the clock of the database.

    Here, what makes it so: a pass takes all that waits, with as many statements for 400 events as
    for 40, and the pause between two passes leaves most of the two seconds.
    """
    said = []
    database = Database(Secret(log.url), observe=said.append)
    keeper = Keeper(replace(log.sealer(), database=database))
    await keeper.pass_once()

    async def statements(count):
        async with log.database.transaction() as db:
            for _ in range(count):
                log.recorder.record(db, log.made(), log.source())
        said.clear()
        assert await keeper.pass_once() == count
        return len(said)

    await statements(1)
    assert await statements(40) == await statements(400)
    await database.dispose()
    assert await log.ask("SELECT count(*) FROM foundation.audit_pending") == [(0,)]
    assert BATCH > 500 * 2
    assert EVERY_S * 1.5 <= 1.0


async def test_a_13_18_a_frozen_sealer_delays_and_cannot_commit_later(log):
    await log.record(1)
    frozen = await asyncpg.connect(log.url)
    transaction = frozen.transaction()
    await transaction.start()
    await frozen.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
    assert await log.sealer().seal() == 0
    # Only now does its time begin: the look above is not to take longer than that.
    await frozen.execute("SET LOCAL idle_in_transaction_session_timeout = '400ms'")

    async with asyncio.timeout(60):
        while not await log.sealer().seal():
            await asyncio.sleep(0.05)
    with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError, OSError)):
        await transaction.commit()
    frozen.terminate()
    assert int(TIMEOUTS["idle_in_transaction_session_timeout"]) <= 15_000


FILL = text("""
    INSERT INTO foundation.audit_log (event_id, occurred_at, type, type_version, plugin, severity,
        actor_type, actor_name, outcome, request_id, app_version)
    SELECT gen_random_uuid(), now() - n * interval '1 minute', 'things.thing.made', 1, 'things',
        'low', 'user', 'Ada', 'success', 'r', '1'
    FROM generate_series(1, 5200) n
""")
READ = text("""
    SELECT sum(seq_tup_read + idx_tup_fetch)::int FROM pg_stat_xact_user_tables
    WHERE relname LIKE 'audit_log%'
""")


async def test_a_13_36_a_page_reads_its_own_rows_however_deep_it_is(log):
    """How fast is measured in bench/pages.py, of 5 million rows; here, how many rows are touched."""
    async with log.database.transaction() as db:
        await db.execute(FILL)
        await db.execute(text("ANALYZE foundation.audit_log"))

    async def touched(deep):
        async with log.database.transaction() as db:
            page, cursor = await Trail(db).page(TrailFilter(until=deep), limit=5)
            before = await db.scalar(READ)
            page, cursor = await Trail(db).page(TrailFilter(until=deep), limit=5, cursor=cursor)
            return page, await db.scalar(READ) - before

    now = SystemClock().now()
    first, of_first = await touched(now)
    thousandth, of_thousandth = await touched(now - timedelta(minutes=998 * 5))

    assert len(first) == len(thousandth) == 5
    assert (first[0].occurred_at - thousandth[0].occurred_at) > timedelta(minutes=990 * 5)
    assert max(of_first, of_thousandth) <= 12  # its rows, one more, and what the planner looks at


async def test_a_13_35_a_right_that_is_taken_away_ends_paging_export_and_tail(platform):
    """Within 30 s by themselves, which the next test looks at; here they are woken."""
    product = await platform("audit")
    parts, sign_in = product.parts, SignIn(product)
    ada = await sign_in("admin", name="ada")

    def record(db, event):
        parts.recorder.record(db, event, Source(Actor("system"), "runs", "r"))

    page = await ada.get("/api/audit", query={"limit": "1"})
    started = await ada.post("/api/audit/exports", {"form": "csv"})
    run_id = UUID(started.json["run_id"])
    async with parts.database.transaction() as db:
        await moves.claim(db, record, run_id=run_id, attempt=0, worker_id=uuid7())

    async def swept():
        jobs, may = parts.registry.jobs, still_may(parts.registry)
        return await revoke(parts.database, record, runs=[run_id], jobs=jobs, may=may)

    assert await swept() == []
    async with follow(ada, "audit") as tail:
        await tail.next("place")
        await sign_in("viewer", name="ada")  # the same person, who may read no trail any more
        parts.live.hub.wake_all()
        lost = await tail.next("refused")
    following = await ada.get("/api/audit", query={"limit": "1", "cursor": page.json["next"]})

    assert lost["data"] == {"refused": ["audit"]}
    assert following.status == 403
    assert await swept() == [run_id]
    async with parts.database.reading() as db:
        assert (await db.get(Run, run_id)).state == "cancelling"
    part = f"/api/runs/{run_id}/artefacts/{uuid7()}"
    assert (await ada.get(part)).status in (403, 404)


def test_a_13_35_each_of_them_looks_often_enough_by_itself():
    assert LEASE.total_seconds() <= 30, "a page: how long a worker may believe what it knows"
    assert CHECK_S + BEAT_S <= 30, "the tail: between two looks, and until the next is due"
    assert Pace().sweep * 1.2 <= 30, "the export: between two sweeps of its worker"
