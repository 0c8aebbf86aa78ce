/** The page of projects in a whole shell: filters in the address, members, and the end of one. */
import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { openShell } from '@test/world';

import page from './main';

const ID = '01990000-0000-7000-8000-000000000041';
const PROJECT = {
  id: ID, slug: 'apollo', name: 'Apollo', description: '', status: 'active', tags: ['etl'], owner_id: 'u1', owner: { id: 'u1', name: 'Ada', email: 'ada@example.org' },
  role: 'owner', may: ['edit', 'attach', 'archive', 'members'], version: 3, created_at: '2026-03-01T10:00:00Z', updated_at: '2026-03-01T10:00:00Z',
};
const MEMBERS = [
  { id: 'm1', user_id: 'u1', name: 'Ada', email: 'ada@example.org', kind: 'user', enabled: true, role: 'owner', answers: true, version: 1 },
  { id: 'm2', user_id: 'u2', name: 'Otto', email: 'otto@example.org', kind: 'user', enabled: true, role: 'viewer', answers: false, version: 4 },
];
const FILES = { projects: { entry: '/api/ext/projects/0/main.js', styles: [], integrity: {} } };

/** What was sent last, apart from reading. */
const last = (mock: ReturnType<typeof openShell>['mock']) => mock.world.sent.filter((call) => call.method !== 'GET').at(-1);

/** A shell in which Projects is this page, and what its routes answer. */
function open(at: string, project: Record<string, unknown> = PROJECT) {
  const world = openShell(at, { modules: { projects: page }, pages: FILES });
  const handle = world.mock.handle;
  world.mock.handle = (call) => {
    const path = `${call.method} ${call.path.replace(`/api/projects/${ID}`, '*')}`;
    const ok = (body: unknown) => ({ status: 200, body, headers: { etag: '"3"' } });
    const known: Record<string, () => { status: number; body?: unknown }> = {
      'GET /api/projects': () => ok({ items: [project], next: null }),
      'GET /api/projects/facets': () => ok({ tags: [{ tag: 'etl', projects: 1 }], owners: [{ id: 'u1', name: 'Ada', projects: 1 }] }),
      'GET *': () => ok(project),
      'GET */members': () => ok({ items: MEMBERS, next: null }),
      'GET */candidates': () => ok({ items: [{ id: 'u3', name: 'Vera', email: 'vera@example.org', kind: 'user' }], next: null }),
      'GET */history': () => ok({ items: [{ id: 'e1', occurred_at: '2026-03-01T10:00:00Z', title: 'Project created', actor: { name: 'Ada' }, target: 'Apollo', outcome: 'success', reason: null }], next: null }),
      'GET */purge': () => ok({ slug: 'apollo', version: 4, members: 2, credentials: [], open_runs: 0, schedules: 3, blocked: [] }),
      'POST */members': () => ok(MEMBERS[1]),
      'PATCH */members/m2': () => ok(MEMBERS[1]),
      'POST */purge': () => ({ status: 204 }),
    };
    const answer = known[path];
    if (answer === undefined) return handle(call);
    if (call.method !== 'GET') world.mock.world.sent.push(call);
    return answer();
  };
  return world;
}

test('the list is narrowed through the address', async () => {
  const { user, history } = open('/s/projects');
  expect(await screen.findByRole('link', { name: 'Apollo' })).toHaveProperty('pathname', `/s/projects/${ID}`);
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Tag' }), 'etl');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Status' }), 'Archived');
  expect(history.location.search).toBe('?tag=etl&status=archived');
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(history.location.search).toBe('');
});

test('the list is sorted by name through the address', async () => {
  const { user, history } = open('/s/projects');
  const head = await screen.findByRole('columnheader', { name: 'Name' });
  expect(head.getAttribute('aria-sort')).toBe('ascending');
  await user.click(within(head).getByRole('button'));
  expect(history.location.search).toBe('?sort=-name');
  expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('descending');
});

test('a change that came too late shows both values, and is saved over the newer version', async () => {
  const { user, mock } = open(`/s/projects/${ID}/edit`);
  const handle = mock.handle;
  let version = 3;
  mock.handle = (call) => {
    if (call.path !== `/api/projects/${ID}` || version === 3) return handle(call);
    if (call.method === 'GET') return { status: 200, body: { ...PROJECT, name: 'Theirs', version }, headers: { etag: `"${version}"` } };
    mock.world.sent.push(call);
    if (call.headers.get('if-match') !== `"${version}"`) return { status: 412, body: { type: 'about:blank', title: 'Changed', status: 412 } };
    return { status: 200, body: PROJECT };
  };
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await user.clear(name);
  await user.type(name, 'Mine');
  version = 4;
  await user.click(screen.getByRole('button', { name: 'Save changes' }));
  const clash = within(await screen.findByRole('alert'));
  const row = clash.getByRole('row', { name: /Theirs/ });
  expect(row.textContent).toContain('Mine');
  expect(clash.getAllByRole('row')).toHaveLength(2); // what both agree on is not shown
  await user.click(screen.getByRole('button', { name: 'Save mine' }));
  await waitFor(() => expect(last(mock)?.headers.get('if-match')).toBe('"4"'));
  expect(last(mock)?.body).toEqual({ name: 'Mine', description: '', tags: ['etl'] });
});

test('a member gets another role in the version that was seen, and somebody new is found', async () => {
  const { user, mock } = open(`/s/projects/${ID}/members`);
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Role of Otto' }), 'editor');
  await waitFor(() => expect(last(mock)?.body).toEqual({ role: 'editor' }));
  expect(last(mock)?.headers.get('if-match')).toBe('"4"');
  expect(screen.queryByRole('combobox', { name: 'Role of Ada' })).toBeNull(); // who answers stays

  await user.selectOptions(await screen.findByRole('combobox', { name: 'Person' }), 'Vera (vera@example.org)');
  await user.click(screen.getByRole('button', { name: 'Add member' }));
  await waitFor(() => expect(last(mock)?.body).toEqual({ user_id: 'u3', role: 'viewer' }));
});

test('what may not be done is not offered', async () => {
  open(`/s/projects/${ID}/members`, { ...PROJECT, may: [], role: 'viewer' });
  expect(await screen.findByText('Otto')).toBeTruthy();
  // The page keeps what an earlier test has read until the answer is here.
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull());
  expect(screen.queryByRole('button', { name: 'Add member' })).toBeNull();
  expect(screen.queryByRole('link', { name: 'Danger' })).toBeNull();
});

test('a purge shows its plan and wants the slug', async () => {
  const { user, mock, history } = open(`/s/projects/${ID}/danger`, { ...PROJECT, status: 'archived', may: ['archive', 'purge'] });
  expect(await screen.findByText('Memberships that end: 2')).toBeTruthy();
  expect(screen.getByText('Schedules that end: 3')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Purge project' }));
  const dialog = within(await screen.findByRole('alertdialog'));
  await user.click(dialog.getByRole('button', { name: 'Purge project' }));
  expect(mock.world.sent.some((call) => call.method === 'POST')).toBe(false);
  await user.type(dialog.getByRole('textbox'), 'apollo');
  await user.click(dialog.getByRole('button', { name: 'Purge project' }));
  await waitFor(() => expect(history.location.pathname).toBe('/s/projects'));
  expect(last(mock)?.body).toEqual({ slug: 'apollo' });
  expect(last(mock)?.headers.get('if-match')).toBe('"4"'); // what the plan was made for, even where the page has an older one
});

test('what was drawn at once is not moved on before its version is known', async () => {
  const { user, app } = open(`/s/projects/${ID}/danger`, { ...PROJECT, may: ['archive'] });
  const client = { ...app.client };
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => { release = resolve; });
  app.client.request = async (method, url, options) => {
    if (url.endsWith('/archive')) await released;
    return client.request<never>(method, url, options); // whatever was asked for
  };
  await user.click(await screen.findByRole('button', { name: 'Archive project' }));
  const restore = await screen.findByRole('button', { name: 'Restore project' });
  expect(restore.getAttribute('aria-busy')).toBe('true');
  release();
  await waitFor(() => expect(screen.getByRole('button', { name: /(Archive|Restore) project/ }).getAttribute('aria-busy')).not.toBe('true'));
});
