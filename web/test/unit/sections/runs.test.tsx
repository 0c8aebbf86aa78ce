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
