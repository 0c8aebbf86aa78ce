/** The page of credentials in a whole shell: values never show by themselves. */
import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { openShell } from '@test/world';

import page from './main';

const CRM = '01990000-0000-7000-8000-000000000021';
const MAIL = '01990000-0000-7000-8000-000000000022';
const VALUE = 'correct horse battery staple';
const open = (at: string) => openShell(at, { modules: { credentials: page } });

afterEach(() => void vi.useRealTimers());

async function reveal(user: ReturnType<typeof openShell>['user']) {
  await user.click(await screen.findByRole('button', { name: 'Reveal Password' }));
  const dialog = await screen.findByRole('dialog', { name: 'Reveal Password of CRM database' });
  await user.type(within(dialog).getByRole('textbox', { name: 'Reason' }), 'INC-1');
  await user.click(within(dialog).getByRole('button', { name: 'Reveal' }));
}

test('the list names kinds and uses, and is filtered through the address', async () => {
  const { user, history } = open('/s/credentials');
  expect(await screen.findByRole('link', { name: 'CRM database' })).toBeTruthy();
  expect(await screen.findByText('1 place')).toBeTruthy();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Kind' }), 'Bearer token');
  expect(history.location.search).toBe('?kind=bearer');
  await waitFor(() => expect(screen.queryByRole('link', { name: 'CRM database' })).toBeNull());
});

test('a new credential asks for its kind first, then for the fields of that kind', async () => {
  const { user, mock } = open('/s/credentials/new');
  await user.click(await screen.findByRole('link', { name: /User name and password/ }));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Mail server');
  await user.type(screen.getByRole('textbox', { name: 'User name' }), 'robot');
  await user.type(screen.getByLabelText('Password'), 's3cret');
  await user.click(screen.getByRole('button', { name: 'Create credential' }));
  expect(await screen.findByText('Created Mail server')).toBeTruthy();
  const sent = mock.world.sent.find((call) => call.method === 'POST');
  expect(sent?.body).toEqual({ name: 'Mail server', slug: 'mail-server', kind: 'basic', values: { username: 'robot', password: 's3cret' } });
});

test('names and values can be chosen freely', async () => {
  const { user, mock } = open('/s/credentials/new/kv');
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Keys');
  await user.type(screen.getByRole('textbox', { name: 'Name 1' }), 'token');
  await user.type(screen.getByLabelText('Value 1'), 'abc');
  await user.click(screen.getByRole('button', { name: 'Create credential' }));
  await screen.findByText('Created Keys');
  expect(mock.world.sent.find((call) => call.method === 'POST')?.body['values']).toEqual({ token: 'abc' });
});

describe('a secret value', () => {
  test('is a mask of fixed length until it is revealed with a reason', async () => {
    const { user, mock } = open(`/s/credentials/${CRM}`);
    expect((await screen.findByRole('img', { name: 'Hidden value' })).textContent).toBe('••••••••');
    await reveal(user);
    expect((await screen.findByTestId('revealed')).textContent).toBe(VALUE);
    expect(mock.world.sent.find((call) => call.path.endsWith('/reveal'))?.body).toEqual({ field: 'password', reason: 'INC-1' });
    expect(screen.getByRole('link', { name: 'See it in the audit trail' })).toHaveProperty('pathname', '/s/audit');
  });

  test('is not asked for without a reason', async () => {
    const { user, mock } = open(`/s/credentials/${CRM}`);
    await user.click(await screen.findByRole('button', { name: 'Reveal Password' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Reveal' }));
    expect(screen.getByText('Say why, in at least three letters.')).toBeTruthy();
    expect(mock.world.sent.some((call) => call.path.endsWith('/reveal'))).toBe(false);
  });

  test('is hidden again after thirty seconds', async () => {
    const { user } = open(`/s/credentials/${CRM}`);
    await screen.findByRole('button', { name: 'Reveal Password' });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    await reveal(user);
    expect((await screen.findByRole('timer')).textContent).toBe('Hidden in 30 seconds');
    act(() => void vi.advanceTimersByTime(29_000));
    expect(screen.getByRole('timer').textContent).toBe('Hidden in 1 second');
    act(() => void vi.advanceTimersByTime(1000));
    expect(screen.queryByTestId('revealed')).toBeNull();
  });

  test('is hidden as soon as the window is left', async () => {
    const { user } = open(`/s/credentials/${CRM}`);
    await reveal(user);
    await screen.findByTestId('revealed');
    act(() => void window.dispatchEvent(new Event('blur')));
    expect(screen.queryByTestId('revealed')).toBeNull();
    expect(document.body.textContent).not.toContain(VALUE);
  });
});

test('new values are sent alone, with the version that was looked at', async () => {
  const { user, mock } = open(`/s/credentials/${CRM}/replace`);
  await user.type(await screen.findByLabelText(/^Password/), 'new');
  await user.click(screen.getByRole('button', { name: 'Replace values' }));
  expect(await screen.findByText('Values replaced')).toBeTruthy();
  const put = mock.world.sent.find((call) => call.method === 'PUT');
  expect(put?.body).toEqual({ values: { password: 'new' } });
  expect(put?.headers.get('if-match')).toBe('"2"');
});

describe('deleting', () => {
  const start = async (user: ReturnType<typeof openShell>['user'], name: string) => {
    await user.click(await screen.findByRole('button', { name: `Actions for ${name}` }));
    await user.click(screen.getByRole('menuitem', { name: 'Delete', hidden: true }));
    return screen.findByRole('alertdialog');
  };

  test('names who uses it, and tells when the server refuses', async () => {
    const { user } = open(`/s/credentials/${CRM}`);
    const dialog = await start(user, 'CRM database');
    expect(dialog.textContent).toContain('It is used by Customer migration.');
    await user.type(within(dialog).getByRole('textbox'), 'crm-db');
    await user.click(within(dialog).getByRole('button', { name: 'Delete credential' }));
    expect(await screen.findByText('This is not possible now. This credential is in use.')).toBeTruthy();
  });

  test('wants the slug typed, then it is gone', async () => {
    const { user, mock, history } = open(`/s/credentials/${MAIL}`);
    const dialog = await start(user, 'Mail gateway token');
    await user.type(within(dialog).getByRole('textbox'), 'mail-token');
    await user.click(within(dialog).getByRole('button', { name: 'Delete credential' }));
    expect(await screen.findByText('Deleted Mail gateway token')).toBeTruthy();
    expect(mock.world.creds.some((row) => row.id === MAIL)).toBe(false);
    expect(history.location.pathname).toBe('/s/credentials');
  });
});

test('a sealed vault says what it lacks', async () => {
  const { mock } = open('/s/credentials');
  mock.world.parts = [{ name: 'vault', ok: false, required: true, detail: 'the key ring lacks the key first' }];
  expect(await screen.findByText(/The vault is sealed: .* the key ring lacks the key first/)).toBeTruthy();
});

test('what wants doing is said beside the name, and deleted ones come back', async () => {
  const { user, mock, history } = open('/s/credentials');
  const [crm, mail] = mock.world.creds;
  Object.assign(crm ?? {}, { due: 'expired' });
  Object.assign(mail ?? {}, { deleted_at: '2026-01-01T00:00:00Z', kept_until: '2026-01-08T00:00:00Z' });
  expect(await screen.findByText('Expired')).toBeTruthy();
  await user.selectOptions(screen.getByRole('combobox', { name: 'Show' }), 'Deleted');
  expect(history.location.search).toBe('?show=deleted');
  await user.click(await screen.findByRole('link', { name: 'Mail gateway token' }));
  await user.click(await screen.findByRole('button', { name: 'Bring it back' }));
  expect(await screen.findByText('Mail gateway token is back')).toBeTruthy();
});

test('an older version is restored after a question', async () => {
  const { user, mock } = open(`/s/credentials/${CRM}/versions`);
  await user.click(await screen.findByRole('button', { name: 'Restore version 1' }));
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Restore version' }));
  expect(await screen.findByText('Version 1 holds again')).toBeTruthy();
  expect(mock.world.sent.find((call) => call.path.endsWith('/restore'))?.body).toEqual({ version: 1 });
});

test('a plugin is granted the use, and loses it', async () => {
  const { user } = open(`/s/credentials/${CRM}/grants`);
  await user.type(await screen.findByRole('textbox', { name: 'Plugin' }), 'etl');
  await user.click(screen.getByRole('button', { name: 'Grant use' }));
  await user.click(await screen.findByRole('button', { name: 'Take it from etl' }));
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Take back' }));
  expect(await screen.findByText('No plugin may use it.')).toBeTruthy();
});

test('what never is revealed offers no reveal', async () => {
  const { mock } = open(`/s/credentials/${CRM}`);
  Object.assign(mock.world.creds[0] ?? {}, { reveal: 'never' });
  expect(await screen.findByText('These values are for use alone. Nobody can look at them.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Reveal Password' })).toBeNull();
});

test('a test before saving that fails asks before anything is saved', async () => {
  const { user, mock } = open('/s/credentials/new/basic');
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Mail server');
  await user.type(screen.getByRole('textbox', { name: 'User name' }), 'robot');
  await user.type(screen.getByLabelText('Password'), 's3cret');
  await user.click(screen.getByRole('checkbox', { name: 'Test before saving' }));
  await user.click(screen.getByRole('button', { name: 'Create credential' }));
  const asked = await screen.findByRole('alertdialog');
  expect(asked.textContent).toContain('The remote refuses these values.');
  expect(mock.world.sent.some((call) => call.method === 'POST' && call.path === '/api/creds')).toBe(false);
});

test('admins see the keys of the vault and who has them', async () => {
  open('/s/credentials/keys');
  expect(await screen.findByText('0a1b2c3d4e5f6071')).toBeTruthy();
  expect(screen.getByText('1 of 1')).toBeTruthy();
});
