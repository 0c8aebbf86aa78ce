/** The section Runs over answers of its own: listed, followed, started by the job's form, stopped after a question. */
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { openShell } from '@test/world';

const ID = '01990000-0000-7000-8000-00000000aaaa';
const RUN = {
  id: ID, kind: 'etl.pull', plugin: 'etl', title: 'Pull rows', state: 'running', attempt: 1, max_attempts: 5, failures: 0, waits: null,
  requested_name: 'Ada Admin', parent_run_id: null, schedule_id: null, created_at: '2026-01-01T10:00:00Z', not_before: null,
  started_at: '2026-01-01T10:00:01Z', finished_at: null, error: null, progress: { done: 20, total: 40, unit: 'rows', phase: '' },
};
const DETAIL = { ...RUN, params: { rows: 40 }, result: null, may_operate: true, attempts: [], artefacts: [] };
const JOBS = { items: [{ kind: 'etl.pull', title: 'Pull rows', plugin: 'etl', may_start: true, form: { type: 'object', properties: { rows: { type: 'integer', title: 'Rows', default: 100 } } } }] };
const LOG = { attempt: 1, lines: ['10:00:02 rows 0 to 9'], next: 1, more: false, dropped: false };

const SCHEDULE = {
  id: 's1', kind: 'etl.pull', project_id: null, params: { rows: 7 }, cron: '30 2 * * *', zone: 'Europe/Berlin', overlap: 'skip', catch_up: 'last',
  enabled: false, problem: 'its owner may not sign in any more', next_at: '2026-01-02T02:30:00Z', owner_name: 'Ada Admin', may_change: true,
};

function openRuns(at: string) {
  const world = openShell(at);
  const often = <T,>(body: T) => Array.from({ length: 20 }, () => ({ status: 200, body }));
  Object.assign(world.answers, {
    'GET /api/runs': often({ items: [RUN], next: null }),
    'GET /api/runs/jobs': often(JOBS),
    'GET /api/runs/schedules': often({ items: [] }),
    [`GET /api/runs/${ID}`]: often(DETAIL),
    [`GET /api/runs/${ID}/log`]: often(LOG),
    [`POST /api/runs/${ID}/cancel`]: often({ ...RUN, state: 'cancelling' }),
    'POST /api/runs': often({ ...RUN, state: 'queued' }),
  });
  return world;
}

test('a run is opened from the list, with its progress and its log', async () => {
  const { user } = openRuns('/s/runs');
  await user.click(await screen.findByRole('link', { name: 'Pull rows' }));
  const drawer = await screen.findByRole('complementary', { name: 'Pull rows' });
  expect(await within(drawer).findByText('20 of 40 rows')).toBeTruthy();
  expect(await within(drawer).findByText(/rows 0 to 9/)).toBeTruthy();
});

test('a run is stopped after a question', async () => {
  const { user, answers } = openRuns(`/s/runs/${ID}`);
  await user.click(await screen.findByRole('button', { name: 'Stop run' }));
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Stop run' }));
  await waitFor(() => expect(answers[`POST /api/runs/${ID}/cancel`]).toHaveLength(19));
});

test('a job is started with what its form asks for', async () => {
  const { user, history } = openRuns('/s/runs/start/etl.pull');
  expect(await screen.findByLabelText('Rows')).toHaveProperty('value', '100');
  await user.click(within(screen.getByRole('complementary')).getByRole('button', { name: 'Start run' }));
  expect(await screen.findByText('Pull rows is queued')).toBeTruthy();
  expect(history.location.pathname).toBe(`/s/runs/${ID}`);
});

/** Keep what is sent to change something, and answer it with *body*. */
function keepSent(world: ReturnType<typeof openRuns>, body: unknown) {
  const { handle } = world.mock;
  const sent: { method: string; path: string; body: unknown }[] = [];
  world.mock.handle = (call) => {
    if (call.method === 'GET' || !call.path.includes('/schedules')) return handle(call);
    sent.push(call);
    return { status: 200, body };
  };
  return sent;
}

test('a job is run by the clock, in the project it is started from', async () => {
  const world = openRuns('/s/runs/start/etl.pull?project_id=p1');
  const sent = keepSent(world, SCHEDULE);
  await world.user.click(await screen.findByRole('link', { name: 'Run by the clock instead' }));
  await world.user.type(await screen.findByLabelText('When'), '0 4 * * *');
  await world.user.click(screen.getByRole('button', { name: 'Save schedule' }));
  expect(await screen.findByText('Pull rows runs by the clock')).toBeTruthy();
  expect(sent[0]?.body).toEqual({ kind: 'etl.pull', project_id: 'p1', cron: '0 4 * * *', zone: 'UTC', params: { rows: 100 }, overlap: 'skip', catch_up: 'last' });
});

test('a schedule that was switched off says why, and is changed or deleted', async () => {
  const world = openRuns('/s/runs');
  const sent = keepSent(world, SCHEDULE);
  world.answers['GET /api/runs/schedules'] = Array.from({ length: 20 }, () => ({ status: 200, body: { items: [SCHEDULE] } }));
  expect(await screen.findByText('its owner may not sign in any more')).toBeTruthy();
  await world.user.click(within(screen.getByRole('region', { name: 'Schedules' })).getByRole('link', { name: 'Pull rows' }));
  expect(await screen.findByLabelText('When')).toHaveProperty('value', '30 2 * * *');
  expect(screen.getByLabelText('Rows')).toHaveProperty('value', '7');
  await world.user.click(screen.getByRole('button', { name: 'Delete schedule' }));
  await world.user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete schedule' }));
  await waitFor(() => expect(sent.map((call) => `${call.method} ${call.path}`)).toEqual(['DELETE /api/runs/schedules/s1']));
});
