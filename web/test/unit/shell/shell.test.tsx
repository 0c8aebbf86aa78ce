/** The frame: who gets in, what the sidebar names, how sections are drawn and left. */
import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test, vi } from 'vitest';

import type { Host, PluginModule, Shell } from '@/sdk/types';
import { initials } from '@/shell/account-menu';
import { nextOf } from '@/shell/session-gate';
import { signInWords } from '@/shell/sign-in-page';
import { openShell } from '@test/world';
import { problem } from '../../mock/api';

describe('the door', () => {
  test('stands before everybody without a session', async () => {
    openShell('/s/projects', { signedIn: false });
    expect(await screen.findByRole('heading', { name: 'Sign in to Foundation' })).toBeTruthy();
    expect(screen.queryByRole('navigation')).toBeNull();
  });

  test('remembers where somebody wanted to go, but not why it failed', () => {
    expect(nextOf({ pathname: '/s/projects', search: '?q=a&e=expired' })).toEqual({ next: '/s/projects?q=a', code: 'expired' });
    expect(nextOf({ pathname: '/login', search: '?e=state&state=abc' })).toEqual({ next: '/', code: 'state' });
  });

  test.each(['request', 'not_started', 'state', 'expired', 'iss', 'provider_access_denied', 'provider_server_error', 'exchange', 'token', 'userinfo', 'not_allowed', 'unavailable', 'something new'])('says %s in words', (code) => {
    expect(signInWords(code)).toMatch(/^[A-Z].+\.$/);
  });

  test('says when Foundation does not answer, and tries again', async () => {
    const world = openShell('/');
    await screen.findByRole('heading', { level: 1, name: 'Dashboard' });
    world.answers['GET /api/shell'] = [problem(503, 'unavailable')];
    await world.queries.resetQueries();
    expect(await screen.findByRole('heading', { name: 'Foundation does not answer' })).toBeTruthy();
    await world.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Dashboard' })).toBeTruthy();
  });
});

describe('the sidebar', () => {
  test('names the sections as links in the order of the server, other plugins apart', async () => {
    openShell('/');
    const nav = await screen.findByRole('navigation', { name: 'Sections' });
    const titles = within(nav).getAllByRole('link').map((link) => link.getAttribute('title')).filter(Boolean);
    expect(titles).toEqual(['Dashboard', 'Credentials', 'Projects', 'ETL', 'Recos', 'Collect', 'Audit', 'Runs', 'Users', 'Hello React', 'Broken', 'Settings', 'Plugins']);
    expect(within(within(nav).getByRole('list', { name: 'Plugins' })).getAllByRole('link')).toHaveLength(2);
  });

  test('marks where somebody is, and a section that does not work', async () => {
    openShell('/s/etl');
    const nav = await screen.findByRole('navigation', { name: 'Sections' });
    expect(within(nav).getByRole('link', { name: 'ETL' }).getAttribute('aria-current')).toBe('page');
    expect(within(nav).getByRole('img', { name: 'not working' })).toBeTruthy();
  });
});

describe('a section', () => {
  test('gets the focus on its heading and its name in the title when it is opened', async () => {
    const { user } = openShell('/');
    await user.click(await screen.findByRole('link', { name: 'ETL' }));
    const heading = await screen.findByRole('heading', { level: 1, name: 'ETL' });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    expect(document.title).toBe('ETL · Foundation');
  });

  test('that is a placeholder tells the command that installs it', async () => {
    openShell('/s/recos');
    expect(await screen.findByText('pip install foundation-recos')).toBeTruthy();
    expect(screen.getByText('Not installed')).toBeTruthy();
  });

  test('that does not work keeps its place, with reason and command', async () => {
    openShell('/s/broken');
    expect(await screen.findByText(/is at revision 3b1f60c2/)).toBeTruthy();
    expect(screen.getByText('foundation db upgrade')).toBeTruthy();
  });

  test('that nobody installed says so', async () => {
    openShell('/s/nothing');
    expect(await screen.findByText('The section “nothing” is not here.')).toBeTruthy();
  });

  test('of a module is mounted with its host, and unmounted when it is left', async () => {
    const seen: string[] = [];
    const module: PluginModule = {
      uiApi: 1,
      mount(root, host) {
        root.textContent = `mounted ${host.section.id} at ${host.section.base}`;
        host.signal.addEventListener('abort', () => seen.push('aborted'));
        return () => seen.push('unmounted');
      },
    };
    const { user } = openShell('/s/hello_react', { modules: { hello_react: module } });
    expect(await screen.findByText('mounted hello_react at /s/hello_react')).toBeTruthy();
    await user.click(screen.getByRole('link', { name: 'ETL' }));
    await screen.findByRole('heading', { name: 'ETL' });
    expect(seen.sort()).toEqual(['aborted', 'unmounted']);
    expect(screen.queryByText(/mounted hello_react/)).toBeNull();
  });

  test('that was left moves nobody any more', async () => {
    let left: Host | undefined;
    const module: PluginModule = {
      uiApi: 1,
      mount(root, host) {
        left = host;
        root.textContent = 'mounted';
        return undefined;
      },
    };
    const { user, history } = openShell('/s/hello_react', { modules: { hello_react: module } });
    await screen.findByText('mounted');
    left?.route.go('here');
    expect(history.location.href).toBe('/s/hello_react/here');
    await user.click(screen.getByRole('link', { name: 'ETL' }));
    await screen.findByRole('heading', { name: 'ETL' });
    left?.route.go('made'); // what it had sent was answered
    expect(history.location.href).toBe('/s/etl');
  });

  test('whose module is still on its way is mounted once, though the shell is read anew meanwhile', async () => {
    const mount = vi.fn((root: HTMLElement) => { root.append('mounted'); return undefined; });
    let bring: (module: PluginModule) => void = () => undefined;
    const { app, queries } = openShell('/s/hello_react');
    const coming = new Promise<PluginModule>((resolve) => { bring = resolve; });
    const load = vi.spyOn(app.loader, 'load').mockReturnValue(coming);
    await waitFor(() => expect(load).toHaveBeenCalledTimes(1));
    act(() => void queries.setQueryData<Shell>(['shell'], (shell) => shell && { ...shell, me: { ...shell.me, name: 'Ada' } }));
    await waitFor(() => expect(load).toHaveBeenCalledTimes(2));
    await act(async () => {
      bring({ uiApi: 1, mount });
      await coming;
    });
    expect(await screen.findByText('mounted')).toBeTruthy();
    expect(mount).toHaveBeenCalledTimes(1);
  });

  test('whose module takes its time to mount keeps what the next mounting drew', async () => {
    const waiting: (() => void)[] = [];
    let many = 0;
    const module: PluginModule = {
      uiApi: 1,
      async mount(root) {
        const name = `mounting ${(many += 1)}`;
        await new Promise<void>((resolve) => { waiting.push(resolve); });
        root.textContent = name;
        return () => { root.textContent = ''; };
      },
    };
    const { queries } = openShell('/s/hello_react', { modules: { hello_react: module } });
    await waitFor(() => expect(waiting).toHaveLength(1));
    act(() => void queries.setQueryData<Shell>(['shell'], (shell) => shell && { ...shell, me: { ...shell.me, name: 'Ada' } }));
    await waitFor(() => expect(waiting).toHaveLength(2));
    waiting[1]?.();
    await screen.findByText('mounting 2');
    await act(async () => Promise.resolve(waiting[0]?.())); // the first, which nobody waits for any more
    expect(screen.getByText('mounting 2')).toBeTruthy();
    expect(screen.queryByText('mounting 1')).toBeNull();
  });

  test('whose module throws leaves the shell usable and can be tried again', async () => {
    let broken = true;
    const module: PluginModule = {
      uiApi: 1,
      mount(root) {
        if (broken) throw new Error('it fell over');
        root.textContent = 'it stands';
        return undefined;
      },
    };
    const { user } = openShell('/s/hello_react', { modules: { hello_react: module } });
    expect(await screen.findByText('it fell over')).toBeTruthy();
    expect(screen.getByRole('navigation', { name: 'Sections' })).toBeTruthy();
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('it stands')).toBeTruthy();
  });

  test('of a module is not loaded in safe mode', async () => {
    openShell('/s/hello_react', { safe: true });
    expect(await screen.findByText('Not loaded in safe mode.')).toBeTruthy();
    expect(screen.getByText(/Safe mode: no plugin page is loaded/)).toBeTruthy();
  });
});

describe('two letters', () => {
  test('change the section, though the page is drawn anew between them', async () => {
    const { user, queries, history } = openShell('/');
    await screen.findByRole('heading', { level: 1, name: 'Dashboard' });
    await user.keyboard('g');
    act(() => void queries.setQueryData<Shell>(['shell'], (shell) => shell && { ...shell, me: { ...shell.me, name: 'Ada' } }));
    await screen.findByRole('button', { name: 'Account of Ada' });
    await user.keyboard('c');
    expect(history.location.href).toBe('/s/credentials');
  });
});

describe('the account menu', () => {
  test('signs out through the server', async () => {
    const { user, mock } = openShell('/');
    await user.click(await screen.findByRole('button', { name: 'Account of Ada Admin' }));
    await user.click(screen.getByRole('menuitem', { name: 'Sign out', hidden: true }));
    await waitFor(() => expect(mock.world.sent.some((call) => call.path === '/api/auth/logout')).toBe(true));
  });

  test('changes the theme at once', async () => {
    const { user, env } = openShell('/');
    await user.click(await screen.findByRole('button', { name: 'Account of Ada Admin' }));
    await user.click(screen.getByRole('menuitemradio', { name: 'Dark', hidden: true }));
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(env.value.theme).toBe('dark');
    await user.click(screen.getByRole('menuitemradio', { name: 'As the system', hidden: true }));
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  test.each([['Ada Admin', 'AA'], ['ada', 'A'], ['', '?'], ['Ada Maria Lovelace', 'AL']])('shortens %j to %s', (name, short) => {
    expect(initials(name)).toBe(short);
  });
});

describe('a session that ends while somebody works', () => {
  test('is renewed over the page, and the request goes on', async () => {
    const world = openShell('/s/projects/new');
    await world.user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Kept');
    world.answers['POST /api/projects'] = [problem(401, 'unauthenticated')];
    await world.user.click(screen.getByRole('button', { name: 'Create project' }));
    expect(await screen.findByRole('alertdialog', { name: 'Sign in again' })).toBeTruthy();
    new BroadcastChannel('foundation.signed-in').postMessage('signed-in');
    expect(await screen.findByText('Created Kept')).toBeTruthy();
  });
});
