/** The proofs on the page: how far the trail is proved, one event's proof, and what is taken out. */
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { openShell } from '@test/world';

import page from './main';

const open = (at: string) => openShell(at, { modules: { audit: page } });

test('the page says how far the trail is proved', async () => {
  open('/s/audit');
  expect(await screen.findByText(/^Events proved: 300, signed/)).toBeTruthy();
});

test('a break is told in red above everything', async () => {
  const { mock, user } = open('/s/projects');
  mock.world.standing = { ...mock.world.standing, broken: 'leaf 7 is missing' };
  await user.click(await screen.findByRole('link', { name: 'Audit' }));
  expect((await screen.findByRole('alert')).textContent).toMatch(/tampered with.*leaf 7 is missing/);
});

test('an open event shows its proof', async () => {
  const { user } = open('/s/audit');
  const [first] = await screen.findAllByRole('button', { name: 'Secret revealed' });
  if (first) await user.click(first);
  expect(await screen.findByText('Proved')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Copy proof' })).toBeTruthy();
});

test('a cell narrows the list to its value, and a chip takes a filter away', async () => {
  const { user, history } = open('/s/audit?severity=high');
  const [only] = await screen.findAllByRole('button', { name: 'Only Ada Admin' });
  if (only) await user.click(only);
  expect(history.location.search).toMatch(/actor=/);
  const chips = screen.getByRole('list', { name: 'More filters' });
  await user.click(within(chips).getByRole('button', { name: /Severity: high/ }));
  expect(history.location.search).not.toMatch(/severity/);
});

test('what is listed is taken out in the chosen form', async () => {
  const { user, mock } = open('/s/audit?type=projects');
  await user.click(await screen.findByRole('button', { name: 'Export what is listed' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Spreadsheet (CSV)' }));
  await waitFor(() => {
    const sent = mock.world.sent.find((call) => call.path === '/api/audit/export');
    expect(sent?.body).toEqual({ form: 'csv', filters: { type: 'projects' } });
  });
  expect(await screen.findByText('Exported 3 events.')).toBeTruthy();
});
