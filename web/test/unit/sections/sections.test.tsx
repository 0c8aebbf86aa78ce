/** Core's own pages over the fake server. */
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';

import { openShell } from '@test/world';
import { problem } from '../../mock/api';
import { plugins } from '../../mock/data';

describe('the users', () => {
  test('get another role after seeing what it gives, with the version that was looked at', async () => {
    const { user, mock } = openShell('/s/users');
    await screen.findAllByRole('option', { name: 'Auditor' });
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Role of Otto Operator' }), 'admin');
    expect(within(await screen.findByRole('region', { name: /^Gains \d+ permissions$/ })).getByText('Reveal secrets')).toBeTruthy();
    expect(screen.queryByRole('region', { name: /Loses/ })).toBeNull();
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Change role' }));
    expect(await screen.findByText('Otto Operator is now Admin')).toBeTruthy();
    const patch = mock.world.sent.find((call) => call.method === 'PATCH');
    expect(patch?.body).toEqual({ role: 'admin' });
    expect(patch?.headers.get('if-match')).toBe('"1"');
  });

  test('keep their role when the question is answered with no', async () => {
    const { user, mock } = openShell('/s/users');
    await screen.findAllByRole('option', { name: 'Auditor' });
    await user.selectOptions(await screen.findByRole('combobox', { name: 'Role of Otto Operator' }), 'viewer');
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Cancel' }));
    expect(mock.world.sent.some((call) => call.method === 'PATCH')).toBe(false);
    expect(screen.getByRole('combobox', { name: 'Role of Otto Operator' })).toHaveProperty('value', 'operator');
  });

  test('say why a change was refused', async () => {
    const world = openShell('/s/users');
    await screen.findAllByRole('option', { name: 'Auditor' });
    world.answers['PATCH /api/users/01990000-0000-7000-8000-000000000002'] = [problem(409, 'conflict', { detail: 'the last admin stays' })];
    await world.user.selectOptions(screen.getByRole('combobox', { name: 'Role of Otto Operator' }), 'viewer');
    await world.user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Change role' }));
    expect(await screen.findByText('This is not possible now. The last admin stays.')).toBeTruthy();
  });

  test('are found by what is typed', async () => {
    const { user, history } = openShell('/s/users');
    await user.type(await screen.findByRole('searchbox', { name: 'Search users' }), 'vera');
    await waitFor(() => expect(history.location.search).toBe('?q=vera'));
    await waitFor(() => expect(screen.queryByText('Otto Operator')).toBeNull());
  });
});

test('the plugins page tells state, reason, command and what is refused', async () => {
  openShell('/settings/plugins');
  expect(await screen.findByText('Needs migration')).toBeTruthy();
  expect(screen.getByText('foundation db upgrade')).toBeTruthy();
  expect(screen.getByText(/it imports lodash, which the shell does not share/)).toBeTruthy();
});

test('what rests of a plugin is told and put back to work from the page', async () => {
  const { answers, user } = openShell('/settings/plugins');
  const [first] = plugins;
  const part = { part: 'job:feed.fetch', reason: 'failed five times in a row, last with KeyError', since: '2026-11-25T10:00:00Z', probe_at: '2026-11-25T10:05:00Z' };
  answers['GET /api/plugins'] = [{ status: 200, body: { items: [{ ...first, id: 'feed', quarantine: [part], claims: [{ kind: 'setting', name: 'FOUNDATION_FEED_URL' }] }] } }];
  answers['POST /api/plugins/feed/rearm'] = [{ status: 200, body: { parts: ['job:feed.fetch'] } }];
  expect(await screen.findByText(/failed five times in a row/)).toBeTruthy();
  expect(screen.getByText('foundation plugin enable feed --rearm')).toBeTruthy();
  expect(screen.getByText('setting FOUNDATION_FEED_URL')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Put back to work' }));
  expect(await screen.findByText('1 part works again.')).toBeTruthy();
  await waitFor(() => expect(screen.queryByText(/failed five times in a row/)).toBeNull());
});

test('settings show the profile and change the theme at once', async () => {
  const { user } = openShell('/settings');
  await user.click(await screen.findByRole('radio', { name: 'Dark' }));
  await waitFor(() => expect(screen.getAllByText('ada@example.org')).toHaveLength(2)); // the menu's and the page's
  expect(document.documentElement.dataset['theme']).toBe('dark');
  await user.click(screen.getByRole('radio', { name: 'As the system' }));
});
