/** The page of the audit trail in a whole shell. */
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';

import { openShell } from '@test/world';

import page from './main';
import { momentsOf, rangeOf } from './range';

const FIRST = '01990000-0000-7000-8000-000000001000';
const GONE = {
  id: FIRST, occurred_at: '2026-11-25T10:00:00Z', type: 'crm.customer.greeted', title: 'Customer greeted', plugin: 'crm', severity: 'notice',
  actor: { type: 'anonymous', id: null, name: '' }, target: null, outcome: 'success', reason: null, request_id: '0199', project_id: null, detail: {}, erased: false, installed: false,
};
const ANY = /revealed|attached|created|Signed in|Sign-in failed/;
const open = (at: string) => openShell(at, { modules: { audit: page } });

test('the next page is added below the first, and only what is near is drawn', async () => {
  const { user, mock } = open('/s/audit');
  expect(await screen.findByText(/^Rows 1 to \d+ of 50, and more$/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findByText(/^Rows 1 to \d+ of 100, and more$/)).toBeTruthy();
  expect(screen.getAllByRole('button', { name: ANY, expanded: false }).length).toBeLessThan(60);
  expect(mock.world.sent.at(-1)?.query.get('cursor')).toBe('50');
});

test('a row opens below itself and stands in the address', async () => {
  const { user, history } = open('/s/audit');
  const [first] = await screen.findAllByRole('button', { name: 'Secret revealed' });
  if (first) await user.click(first);
  expect(await screen.findByText('INC-4411: check the replica')).toBeTruthy();
  expect(history.location.search).toBe(`?open=${FIRST}`);
  expect(screen.getByRole('link', { name: 'Permalink' })).toHaveProperty('pathname', `/s/audit/${FIRST}`);
});

test('one event has a page of its own', async () => {
  open(`/s/audit/${FIRST}`);
  expect(await screen.findByRole('heading', { level: 1, name: 'Secret revealed' })).toBeTruthy();
  expect(screen.getByText('credentials.secret.revealed')).toBeTruthy();
});

test('an event of a plugin that is gone says so and still reads', async () => {
  const { answers } = openShell('/s/audit', { modules: { audit: page } });
  answers['GET /api/audit'] = [{ status: 200, body: { items: [GONE], next: null } }];
  expect(await screen.findByRole('button', { name: 'Customer greeted plugin not installed' })).toBeTruthy();
});

describe('the filters', () => {
  test('stand in the address and go to the server', async () => {
    const { user, history, mock } = open('/s/audit');
    await screen.findByRole('option', { name: 'All of projects' });
    await user.selectOptions(screen.getByRole('combobox', { name: 'Event' }), 'projects');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Time range' }), '24h');
    expect(history.location.search).toBe('?type=projects&from=now-24h');
    await waitFor(() => {
      const last = mock.world.sent.filter((call) => call.path === '/api/audit').at(-1);
      expect(last?.query.get('type')).toBe('projects');
      expect(last?.query.get('since')).toMatch(/^\d{4}-.*Z$/);
    });
  });

  test('that match nothing can be cleared', async () => {
    const { user } = open('/s/audit?outcome=error');
    expect(await screen.findByText('No events match.')).toBeTruthy();
    const [clear] = screen.getAllByRole('button', { name: 'Clear filters' });
    if (clear) await user.click(clear);
    expect(await screen.findAllByRole('button', { name: ANY, expanded: false })).not.toHaveLength(0);
  });
});

describe('a range of time', () => {
  const now = Date.parse('2026-03-01T12:00:30Z');
  test.each([
    [{ from: 'now-24h' }, '24h', { since: '2026-02-28T12:00:00.000Z' }],
    [{ from: 'now-7d' }, '7d', { since: '2026-02-22T12:00:00.000Z' }],
    [{ since: '2026-01-01T00:00:00Z' }, 'custom', { since: '2026-01-01T00:00:00Z' }],
    [{}, 'any', {}],
    [{ from: 'nonsense' }, 'any', {}],
  ])('%j is %s', (query, range, moments) => {
    expect(rangeOf(query)).toBe(range);
    expect(momentsOf(query, now)).toEqual(moments);
  });
});
