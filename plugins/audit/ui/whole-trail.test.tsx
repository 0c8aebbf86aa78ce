/** More of the trail than one page: days to jump to, saved filters, exports that run. */
import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

import { openShell } from '@test/world';

import { filtersFrom } from './filters-of';
import page from './main';
import { dayOf } from './range';

const open = (at: string) => openShell(at, { modules: { audit: page } });

afterEach(() => vi.restoreAllMocks());

test('an export that runs tells how far it is and hands over its file', async () => {
  const { user, mock, history } = open('/s/audit?type=projects');
  await user.click(await screen.findByRole('button', { name: 'Export what is listed' }));
  await user.click(await screen.findByRole('menuitem', { name: 'All, as a spreadsheet, as a run' }));
  expect(await screen.findByText('The export is ready: 300 events.')).toBeTruthy();
  expect(history.location.search).toContain('export=export-1');
  expect(mock.world.sent.find((call) => call.path === '/api/audit/exports')?.body).toEqual({ form: 'csv', filters: { type: 'projects' } });
  const made = vi.fn((_blob: Blob) => 'blob:x');
  Object.assign(URL, { createObjectURL: made, revokeObjectURL: () => undefined });
  await user.click(screen.getByRole('button', { name: 'Download' }));
  await waitFor(() => expect(made).toHaveBeenCalled());
  expect(made.mock.calls[0]?.[0].size).toBe(2);
  await user.click(screen.getByRole('button', { name: 'Close' }));
  expect(history.location.search).not.toContain('export');
});

test('from a day the list goes on in both directions', async () => {
  const { user, mock, history } = open('/s/audit?at=2026-03-01');
  await user.click(await screen.findByRole('button', { name: 'Show newer' }));
  const end = dayOf('2026-03-01')?.end;
  await waitFor(() => {
    const lists = mock.world.sent.filter((call) => call.path === '/api/audit');
    expect(lists.some((call) => call.query.get('until') === end && !call.query.get('since'))).toBe(true);
    expect(lists.some((call) => call.query.get('since') === end && call.query.get('order') === 'oldest')).toBe(true);
  });
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(history.location.search).toBe('');
});

test('filters are kept under a name on the server and forgotten again', async () => {
  const { user, history, mock } = open('/s/audit?severity=high');
  await user.click(await screen.findByRole('button', { name: 'Saved filters' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Save these filters' }));
  await user.type(await screen.findByRole('textbox', { name: /Name/ }), 'Grave');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('button', { name: 'Grave' })).toBeTruthy();
  expect(mock.world.filters).toMatchObject([{ name: 'Grave', query: { severity: 'high' } }]);
  await user.click(screen.getByRole('button', { name: 'Grave' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Forget Grave' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Grave' })).toBeNull());
  expect(history.location.search).toBe('?severity=high');
});

test('how many match is told', async () => {
  open('/s/audit');
  expect(await screen.findByText('300 events')).toBeTruthy();
});

test.each([
  [{ at: '2026-03-01' }, 'until'],
  [{ at: '2026-03-01', order: 'oldest' }, 'since'],
])('a day of %j bounds the list by %s', (query, name) => {
  expect(filtersFrom(query, 0)[name]).toMatch(/^2026-0[23]-\d\dT/);
  expect(filtersFrom({ at: 'never' }, 0)['until']).toBeUndefined();
});
