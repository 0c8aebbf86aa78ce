/** Pages that follow: a run told as it goes, charts with their table, the sign of a broken stream. */
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { spoken } from '@test/spoken';
import { openShell } from '@test/world';

const ID = '01990000-0000-7000-8000-00000000aaaa';
const RUN = {
  id: ID, kind: 'etl.pull', plugin: 'etl', title: 'Pull rows', state: 'running', attempt: 1, max_attempts: 5, failures: 0, waits: null,
  requested_name: 'Ada Admin', parent_run_id: null, schedule_id: null, created_at: '2026-01-01T10:00:00Z', not_before: null,
  started_at: '2026-01-01T10:00:01Z', finished_at: null, error: null, progress: { done: 20, total: 40, unit: 'rows', phase: '' },
};
const DETAIL = { ...RUN, params: {}, result: null, may_operate: true, attempts: [], artefacts: [] };
const LOG = { attempt: 1, lines: ['rows 0 to 9'], next: 1, more: false, dropped: false };
const DAY = { day: '2026-01-01', succeeded: 3, failed: 1, cancelled: 0, open: 0, median_s: 4, longest_s: 90 };

function openRuns(at: string) {
  const told = spoken();
  const world = openShell(at, { live: told.live });
  const often = <T,>(body: T) => Array.from({ length: 20 }, () => ({ status: 200, body }));
  Object.assign(world.answers, {
    'GET /api/runs': often({ items: [RUN], next: null }),
    'GET /api/runs/jobs': often({ items: [] }),
    'GET /api/runs/schedules': often({ items: [] }),
    'GET /api/runs/statistics': often({ days: [DAY] }),
    [`GET /api/runs/${ID}`]: often(DETAIL),
    [`GET /api/runs/${ID}/log`]: often(LOG),
  });
  return { ...world, ...told };
}

test('a run that is told shows its lines once, its progress, and no question more', async () => {
  const { say, become, answers } = openRuns(`/s/runs/${ID}`);
  become('live');
  const log = await screen.findByRole('region', { name: 'Log' });
  const asked = answers[`GET /api/runs/${ID}/log`]?.length;
  say(`runs.run:${ID}`, 'log', { attempt: 1, n: 2, lines: ['rows 10 to 19'] });
  say(`runs.run:${ID}`, 'log', { attempt: 1, n: 2, lines: ['rows 10 to 19'] });
  say(`runs.run:${ID}`, 'run', { state: 'running', attempt: 1, progress: { done: 30, total: 40, unit: 'rows', phase: '' }, waits: null, n: 2 });
  await waitFor(() => expect(log.textContent).toBe('rows 0 to 9\nrows 10 to 19'));
  expect(await within(screen.getByRole('complementary')).findByText('30 of 40 rows')).toBeTruthy();
  expect(answers[`GET /api/runs/${ID}/log`]).toHaveLength(asked ?? 0);
});

test('a run that ends while it is read for the first time is read once more', async () => {
  const { app, say, become, answers } = openRuns(`/s/runs/${ID}`);
  become('live');
  const path = `/api/runs/${ID}`;
  answers[`GET ${path}`] = [{ status: 200, body: DETAIL }, { status: 200, body: { ...DETAIL, state: 'succeeded', finished_at: '2026-01-01T10:00:02Z' } }];
  const client = { ...app.client };
  let isAsked = false;
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => { release = resolve; });
  app.client.request = async (method, url, options) => {
    const answer = await client.request<never>(method, url, options); // whatever was asked for
    isAsked ||= url === path;
    if (url === path) await released;
    return answer;
  };
  await waitFor(() => expect(isAsked).toBe(true));
  say(`runs.run:${ID}`, 'run', { state: 'succeeded', attempt: 1, progress: null, waits: null, n: 2 });
  release();
  expect(await within(await screen.findByRole('complementary')).findByText('Succeeded')).toBeTruthy();
});

test('a gap in what is told is read', async () => {
  const { say, answers } = openRuns(`/s/runs/${ID}`);
  await screen.findByRole('region', { name: 'Log' });
  answers[`GET /api/runs/${ID}/log`] = [{ status: 200, body: { ...LOG, lines: ['two', 'three'], next: 3 } }];
  say(`runs.run:${ID}`, 'log', { attempt: 1, n: 3, lines: ['three'] });
  await waitFor(() => expect(screen.getByRole('region', { name: 'Log' }).textContent).toBe('rows 0 to 9\ntwo\nthree'));
});

test('of a run that talks without end the page keeps what it can lay out, to the last line', async () => {
  const { say } = openRuns(`/s/runs/${ID}`);
  const log = await screen.findByRole('region', { name: 'Log' });
  for (let n = 2; n <= 50; n += 1) {
    say(`runs.run:${ID}`, 'log', { attempt: 1, n, lines: Array.from({ length: 60 }, (_, at) => `${n}.${at} `.padEnd(1000, 'x')) });
  }
  await waitFor(() => expect(log.textContent).toContain('50.59 '));
  expect(log.textContent.length).toBeLessThan(260_000);
  expect(screen.getByText('Earlier lines are left out here.')).toBeTruthy();
});

test('the charts have a table behind them', async () => {
  const { user } = openRuns('/s/runs');
  expect(await screen.findByRole('img', { name: 'Outcomes, 14 days: 3 worked, 1 failed' })).toBeTruthy();
  expect(screen.getByRole('img', { name: 'Durations: up to 2 min' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'As a table' }));
  const table = within(screen.getByRole('region', { name: 'Runs by day' }));
  expect(table.getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['Jan 1', '3', '0', '1', '0', '4.0 s', '2 min']);
});

test('a stream that stays away is told calmly', async () => {
  const { live, become } = spoken();
  openShell('/s/runs', { live });
  await screen.findByRole('navigation');
  become('live');
  become('retrying');
  expect(screen.queryByText('Reconnecting')).toBeNull();
  expect(await screen.findByText('Reconnecting')).toBeTruthy();
  become('live');
  expect(screen.queryByText('Reconnecting')).toBeNull();
});
