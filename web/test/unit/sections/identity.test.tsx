/** People, invitations, roles, sessions and tokens over the fake server. */
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';

import { browserName } from '@/sections/browser-name';
import { openShell } from '@test/world';

const OTTO = '01990000-0000-7000-8000-000000000002';

describe('somebody in the list of users', () => {
  test('opens beside it, with the sessions that disabling them would end', async () => {
    const { user, mock } = openShell('/s/users');
    await user.click(await screen.findByRole('link', { name: 'Otto Operator' }));
    await user.click(await screen.findByRole('button', { name: 'Disable' }));
    const question = await screen.findByRole('alertdialog', { name: 'Disable Otto Operator?' });
    expect(within(question).getByText(/^1 session ends at once/)).toBeTruthy();
    await user.click(within(question).getByRole('button', { name: 'Disable' }));
    expect(await screen.findByText('Otto Operator is disabled; 1 session ended')).toBeTruthy();
    expect(mock.world.sent.find((call) => call.method === 'PATCH')?.body).toEqual({ enabled: false });
    expect(await screen.findByRole('button', { name: 'Enable' })).toBeTruthy();
  });

  test('is signed out everywhere by an admin', async () => {
    const { user, mock } = openShell(`/s/users/${OTTO}`);
    await user.click(await screen.findByRole('button', { name: 'Sign out everywhere' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Sign out everywhere' }));
    expect(await screen.findByText('1 session ended')).toBeTruthy();
    expect(mock.world.sent.some((call) => call.path === `/api/users/${OTTO}/sessions/end-all`)).toBe(true);
  });

  test('and everybody else are signed out on a bad day, after a question', async () => {
    const { user, mock } = openShell('/s/users');
    await user.click(await screen.findByRole('button', { name: 'Sign everybody out' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Sign everybody out' }));
    expect(await screen.findByText('1 session ended')).toBeTruthy();
    expect(mock.world.sent.some((call) => call.path === '/api/users/end-all-sessions')).toBe(true);
  });

  test('may not change their own role, and is told who can', async () => {
    openShell('/s/users');
    expect(await screen.findByTitle('Nobody changes their own role; another administrator can.')).toBeTruthy();
    expect(screen.queryByRole('combobox', { name: 'Role of Ada Admin' })).toBeNull();
  });
});

describe('how strongly people sign in', () => {
  test('is in the list, and those without a second factor are found', async () => {
    const { user } = openShell('/s/users');
    expect(await screen.findByText('MFA')).toBeTruthy();
    await user.click(screen.getByRole('checkbox', { name: 'Only without MFA' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Ada Admin' })).toBeNull());
    expect(screen.getByRole('link', { name: 'Otto Operator' })).toBeTruthy();
  });
});

describe('somebody who is disabled', () => {
  test('is deleted only after their address was typed', async () => {
    const { user, mock } = openShell('/s/users/01990000-0000-7000-8000-000000000003');
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    const question = await screen.findByRole('alertdialog', { name: 'Delete vera@example.org for good?' });
    await user.type(within(question).getByRole('textbox'), 'vera@example.org');
    await user.click(within(question).getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('vera@example.org is deleted')).toBeTruthy();
    expect(mock.world.sent.some((call) => call.method === 'DELETE')).toBe(true);
  });
});

describe('what a plugin proposes for the roles', () => {
  test('is confirmed on the page of roles, and then gone from it', async () => {
    const { user, mock } = openShell('/s/users/roles');
    const card = await screen.findByRole('region', { name: 'ETL' });
    await user.click(within(card).getByRole('button', { name: 'Confirm' }));
    expect(await screen.findByText('The roles hold what ETL proposes')).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('region', { name: 'ETL' })).toBeNull());
    expect(mock.world.sent.find((call) => call.method === 'POST')?.body).toEqual({ decisions: [{ permission: 'etl:flow:read', role: 'viewer', granted: true }] });

    // What was decided stays to be seen, and can be decided otherwise.
    await user.click(await screen.findByText('What plugins were given (1)'));
    expect(await screen.findByText('Confirmed')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Refuse: See flows for Viewer' }));
    expect(await screen.findByText('Viewer no longer holds: See flows')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Confirm: See flows for Viewer' })).toBeTruthy();
    expect(mock.world.sent.filter((call) => call.method === 'POST').at(-1)?.body).toEqual({ decisions: [{ permission: 'etl:flow:read', role: 'viewer', granted: false }] });
  });
});

describe('what somebody ought to know of their own', () => {
  test('is told where their sessions and their tokens are', async () => {
    openShell('/settings/sessions');
    expect(await screen.findByText(/eleventh sign-in ended the session of Firefox.* at 192.0.2.8/)).toBeTruthy();
    openShell('/settings/tokens');
    expect(await screen.findByText(/The API token Backup script ends/)).toBeTruthy();
  });
});

describe('an invitation', () => {
  test('shows its link once, which has to be acknowledged', async () => {
    const { user, mock } = openShell('/s/users/invitations');
    await user.click(await screen.findByRole('button', { name: 'Invite somebody' }));
    await user.type(await screen.findByRole('textbox', { name: 'E-mail' }), 'max@example.org');
    await user.click(screen.getByRole('button', { name: 'Create invitation' }));
    const once = await screen.findByRole('dialog', { name: 'Invitation for max@example.org' });
    expect(within(once).getByText('http://localhost/login#invite=inv-token')).toBeTruthy();
    await user.click(within(once).getByRole('button', { name: 'Done' }));
    expect(within(once).getByText('Copy it first: it cannot be shown again.')).toBeTruthy();
    await user.click(within(once).getByRole('checkbox', { name: 'I have copied it' }));
    await user.click(within(once).getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByText('http://localhost/login#invite=inv-token')).toBeNull());
    expect(mock.world.sent.find((call) => call.method === 'POST')?.body).toEqual({ email: 'max@example.org', days: 7 });
  });

  test('that is open can be revoked', async () => {
    const { user } = openShell('/s/users/invitations');
    await user.click(await screen.findByRole('button', { name: 'Revoke the invitation of nora@example.org' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Revoke' }));
    expect(await screen.findByText('Revoked')).toBeTruthy();
  });

  test('is handed on at the door, from behind the #', async () => {
    window.history.replaceState(null, '', '/login#invite=inv-token');
    const { user, mock } = openShell('/login', { signedIn: false });
    expect(await screen.findByRole('heading', { name: 'You are invited to Foundation' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(mock.world.sent.find((call) => call.path === '/api/auth/login')?.body).toEqual({ next: '/', invite: 'inv-token' }));
    window.history.replaceState(null, '', '/');
  });
});

describe('the roles', () => {
  test('are a table of who may do what', async () => {
    openShell('/s/users/roles');
    const row = (await screen.findByText('Reveal secrets')).closest('tr');
    expect(within(row ?? document.body).getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['No', 'No', 'Yes', 'No']);
  });

  test('that are custom show what changes before they are saved', async () => {
    const { user, mock } = openShell('/s/users/roles/auditor');
    await user.click(await screen.findByRole('checkbox', { name: /See projects/ }));
    await user.click(screen.getByRole('button', { name: 'Review changes' }));
    const preview = await screen.findByRole('alertdialog', { name: 'What changes with Auditor' });
    expect(within(preview).getByText('2 people have this role.')).toBeTruthy();
    expect(within(preview).getByRole('region', { name: 'Gains 1 permission' })).toBeTruthy();
    await user.click(within(preview).getByRole('button', { name: 'Save role' }));
    expect(await screen.findByText('Saved Auditor')).toBeTruthy();
    const patch = mock.world.sent.find((call) => call.method === 'PATCH');
    expect(patch?.body['permissions']).toEqual(['audit:event:read', 'projects:project:read']);
    expect(patch?.headers.get('if-match')).toBe('"1"');
  });

  test('need a permission', async () => {
    const { user, mock } = openShell('/s/users/roles/new');
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Night Shift');
    expect(screen.getByRole('textbox', { name: 'Short name' })).toHaveProperty('value', 'night-shift');
    await user.click(screen.getByRole('button', { name: 'Review changes' }));
    expect(await screen.findByText('Choose at least one permission.')).toBeTruthy();
    expect(mock.world.sent.some((call) => call.method === 'POST')).toBe(false);
  });
});

test('a service account is made and gets its token there', async () => {
  const { user, history } = openShell('/s/users/services');
  await user.click(await screen.findByRole('button', { name: 'New service account' }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Importer');
  await user.click(screen.getByRole('button', { name: 'Create service account' }));
  expect(await screen.findByText('Created Importer')).toBeTruthy();
  await waitFor(() => expect(history.location.pathname).toMatch(/^\/s\/users\/services\/0199/));
  expect(await screen.findByRole('button', { name: 'New token' })).toBeTruthy();
});

test('a service account is handed to somebody else who answers for it', async () => {
  const { user, mock } = openShell('/s/users/services/01990000-0000-7000-8000-000000000004');
  expect(await screen.findByRole('link', { name: 'Ada Admin' })).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Edit Nightly export' }));
  const form = await screen.findByRole('dialog', { name: 'Edit Nightly export' });
  const owner = within(form).getByRole('combobox', { name: 'Owner' });
  await within(owner).findByRole('option', { name: /Otto Operator/ });
  expect(within(owner).queryByRole('option', { name: /Vera Viewer/ })).toBeNull(); // who is disabled answers for nothing
  await user.selectOptions(owner, OTTO);
  await user.click(within(form).getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Saved Nightly export')).toBeTruthy();
  expect(await screen.findByRole('link', { name: 'Otto Operator' })).toBeTruthy();
  expect(mock.world.sent.find((call) => call.method === 'PATCH')?.body).toEqual({ name: 'Nightly export', owner_id: OTTO });
});

describe('my sessions', () => {
  test('mark this one first, and end another', async () => {
    const { user, mock } = openShell('/settings/sessions');
    const [first, second] = (await screen.findAllByRole('row')).slice(1);
    expect(within(first ?? document.body).getByText('This one')).toBeTruthy();
    expect(within(second ?? document.body).getByText('Safari on macOS')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Sign out Safari on macOS' }));
    expect(await screen.findByText('1 session ended')).toBeTruthy();
    expect(mock.world.sent.some((call) => call.method === 'DELETE')).toBe(true);
  });

  test('end all others after a question', async () => {
    const { user } = openShell('/settings/sessions');
    await user.click(await screen.findByRole('button', { name: 'Sign out all others' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Sign out all others' }));
    expect(await screen.findByText('1 session ended')).toBeTruthy();
  });

  test.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0', 'Edge on Windows'],
    ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36', 'Chrome on Android'],
    ['curl/8.9.1', 'curl'], ['<img src=x onerror=alert(1)>', '<img'], ['', null], [null, null],
  ])('say %j as %j', (description, name) => {
    expect(browserName(description)).toBe(name);
  });
});

describe('API tokens', () => {
  test('want a name and scopes, and are shown once', async () => {
    const { user, mock } = openShell('/settings/tokens');
    await user.click(await screen.findByRole('button', { name: 'New token' }));
    const form = await screen.findByRole('dialog', { name: 'New token' });
    await user.click(within(form).getByRole('button', { name: 'Create token' }));
    expect(within(form).getByText('Choose at least one scope.')).toBeTruthy();
    expect(within(form).queryByText('Reveal secrets')).toBeNull(); // no token does what wants a fresh sign-in
    await user.type(within(form).getByRole('textbox', { name: 'Name' }), 'Report');
    await user.click(await within(form).findByRole('checkbox', { name: /See projects/ }));
    await user.click(within(form).getByRole('button', { name: 'Create token' }));
    expect(await screen.findByRole('dialog', { name: 'Your new token Report' })).toBeTruthy();
    expect(screen.getByText(/^fnd_pat_0{43}abcdef$/)).toBeTruthy();
    const sent = mock.world.sent.find((call) => call.method === 'POST')?.body;
    expect(sent?.['scopes']).toEqual(['projects:project:read']);
    const days = (Date.parse(String(sent?.['expires_at'])) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(90);
  });

  test('are found by their prefix, also by a whole token somebody found', async () => {
    const { user } = openShell('/settings/tokens');
    const search = await screen.findByRole('searchbox', { name: 'Search by name or prefix' });
    await user.type(search, 'fnd_pat_k3XqAndTheRestOfIt');
    expect(await screen.findByText('Backup script')).toBeTruthy();
    await user.clear(search);
    await user.type(search, 'fnd_pat_zzzz');
    expect(await screen.findByText('No token matches.')).toBeTruthy();
  });

  test('are revoked after a question', async () => {
    const { user } = openShell('/settings/tokens');
    await user.click(await screen.findByRole('button', { name: 'Revoke Backup script' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Revoke' }));
    expect(await screen.findByText('Revoked')).toBeTruthy();
  });
});

describe('somebody without a role', () => {
  test('is told so on every page, and may enter the one-time code', async () => {
    const { user, mock } = openShell('/s/projects', { noRole: true });
    expect(await screen.findByRole('heading', { name: 'No role yet' })).toBeTruthy();
    await user.type(await screen.findByRole('textbox', { name: 'One-time code' }), 'wrong');
    await user.click(screen.getByRole('button', { name: 'Become administrator' }));
    expect(await screen.findByText(/^This code is not valid/)).toBeTruthy();
    await user.clear(screen.getByRole('textbox', { name: 'One-time code' }));
    await user.type(screen.getByRole('textbox', { name: 'One-time code' }), 'right-code');
    await user.click(screen.getByRole('button', { name: 'Become administrator' }));
    expect(await screen.findByRole('heading', { name: 'Projects' })).toBeTruthy();
    expect(mock.world.sent.filter((call) => call.path === '/api/auth/bootstrap')).toHaveLength(2);
  });
});
