/** A page from a declaration: list, filters, forms, actions, conflicts, tabs. */
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';

import { openShell } from '@test/world';
import { problem } from '../../mock/api';

const PROJECT = '01990000-0000-7000-8000-000000000041';
const row = (name: string) => screen.findByRole('link', { name });
const drawer = () => screen.findByRole('complementary');

describe('the list', () => {
  test('shows its rows, each name a link to its detail', async () => {
    openShell('/s/projects');
    expect(await row('Customer migration')).toHaveProperty('pathname', `/s/projects/${PROJECT}`);
    expect(await screen.findByRole('heading', { level: 1, name: 'Projects' })).toBeTruthy();
  });

  test('is filtered by what the address says', async () => {
    openShell('/s/projects?status=archived');
    expect(await row('Year end')).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Customer migration' })).toBeNull();
  });

  test('puts a chosen filter and the sorting into the address', async () => {
    const { user, history } = openShell('/s/projects');
    await row('Year end');
    await user.selectOptions(screen.getByRole('combobox', { name: 'Status' }), 'active');
    expect(history.location.search).toBe('?status=active');
    await user.click(await screen.findByRole('button', { name: 'Created' }));
    expect(history.location.search).toContain('sort=created_at');
    expect(screen.getByRole('columnheader', { name: 'Created' }).getAttribute('aria-sort')).toBe('ascending');
  });

  test('that is empty by its filter offers to clear it', async () => {
    const { user } = openShell('/s/projects?q=zzz');
    await screen.findByText('No projects match.');
    await user.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement); // both do the same
    expect(await row('Year end')).toBeTruthy();
  });

  test('that fails says so with the request id and can be tried again', async () => {
    const world = openShell('/');
    world.answers['GET /api/projects'] = [problem(500, 'internal')];
    await world.user.click(await screen.findByRole('link', { name: 'Projects' }));
    expect(await screen.findByText('0199aa')).toBeTruthy();
    await world.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await row('Year end')).toBeTruthy();
  });
});

describe('something new', () => {
  test('is refused beside the field when it is incomplete, and nothing is sent', async () => {
    const { user, mock } = openShell('/s/projects/new');
    await user.click(await screen.findByRole('button', { name: 'Create project' }));
    const name = screen.getByRole('textbox', { name: 'Name' });
    expect(name.getAttribute('aria-invalid')).toBe('true');
    await waitFor(() => expect(document.activeElement).toBe(name));
    expect(mock.world.sent.filter((call) => call.method === 'POST')).toEqual([]);
  });

  test('is made once, with an idempotency key, and shown', async () => {
    const { user, mock, history } = openShell('/s/projects/new');
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Über Nacht');
    expect(screen.getByRole('textbox', { name: 'Slug' })).toHaveProperty('value', 'uber-nacht');
    await user.dblClick(screen.getByRole('button', { name: 'Create project' }));
    expect(await within(await drawer()).findByRole('heading', { name: 'Über Nacht' })).toBeTruthy();
    const posts = mock.world.sent.filter((call) => call.method === 'POST');
    expect(posts).toHaveLength(1);
    expect(posts[0]?.headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
    expect(history.location.pathname).toMatch(/^\/s\/projects\/0199/);
  });

  test('with a taken slug shows the server’s words at the slug', async () => {
    const { user } = openShell('/s/projects/new');
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Year end');
    await user.click(screen.getByRole('button', { name: 'Create project' }));
    expect(await screen.findByText('This slug is taken.')).toBeTruthy();
    expect(screen.getByRole('textbox', { name: 'Slug' }).getAttribute('aria-invalid')).toBe('true');
  });

  test('is not left unsaved without a question', async () => {
    const { user, history } = openShell('/s/projects/new');
    await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Half');
    await user.click(screen.getByRole('link', { name: 'Users' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Cancel' }));
    expect(history.location.pathname).toBe('/s/projects/new');
  });
});

describe('a change', () => {
  test('carries the version that was looked at', async () => {
    const { user, mock } = openShell(`/s/projects/${PROJECT}/edit`);
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'Customers');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await within(await drawer()).findByRole('heading', { name: 'Customers' })).toBeTruthy();
    expect(mock.world.sent.find((call) => call.method === 'PATCH')?.headers.get('if-match')).toBe('"3"');
  });

  test('that comes too late shows both versions and can be saved over the newer', async () => {
    const { user, mock } = openShell(`/s/projects/${PROJECT}/edit`);
    const name = await screen.findByRole('textbox', { name: 'Name' });
    Object.assign(mock.world.projects[0] ?? {}, { name: 'Theirs', version: 4 });
    await user.clear(name);
    await user.type(name, 'Mine');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const clash = await screen.findByText(/Somebody changed this while you were editing/);
    expect(clash.parentElement?.textContent).toContain('Theirs');
    await user.click(screen.getByRole('button', { name: 'Save mine' }));
    expect(await within(await drawer()).findByRole('heading', { name: 'Mine' })).toBeTruthy();
  });
});

describe('an action', () => {
  test('is offered only while it fits, and asks first', async () => {
    const { user, mock } = openShell(`/s/projects/${PROJECT}`);
    await user.click(await screen.findByRole('button', { name: 'Actions for Customer migration' }));
    expect(screen.queryByRole('menuitem', { name: 'Restore project', hidden: true })).toBeNull();
    await user.click(screen.getByRole('menuitem', { name: 'Archive project', hidden: true }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Archive project' }));
    await waitFor(() => expect(mock.world.projects[0]?.['status']).toBe('archived'));
    expect(await screen.findByText('Done: Archive project, Customer migration')).toBeTruthy();
  });
});

describe('a tab', () => {
  test('attaches a row of another list, and detaches it again', async () => {
    const { user, mock } = openShell(`/s/projects/${PROJECT}`);
    await user.click(await screen.findByRole('button', { name: 'Attach credential' }));
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByRole('option', { name: 'CRM database (postgres)' });
    await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Credential' }), 'CRM database (postgres)');
    await user.click(within(dialog).getByRole('button', { name: 'Attach credential' }));
    expect(await within(await drawer()).findByText('CRM database')).toBeTruthy();

    await user.click(await screen.findByRole('button', { name: 'Actions for CRM database' }));
    await user.click(screen.getByRole('menuitem', { name: 'Detach', hidden: true }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Detach' }));
    await waitFor(() => expect(mock.world.attached.get(PROJECT)).toEqual([]));
  });
});
