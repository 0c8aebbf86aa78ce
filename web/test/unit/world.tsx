/** A whole shell in a test: the real code over a fake server at the fetch edge. */
import { createMemoryHistory } from '@tanstack/history';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { onTestFinished } from 'vitest';

import { createClient } from '@/api/client';
import { createLive } from '@/api/live';
import { formatsOf } from '@/i18n/formats';
import type { App } from '@/plugin/app';
import { createHost } from '@/plugin/host';
import type { Loader } from '@/plugin/loader';
import type { Host, Live, PluginModule, Section } from '@/sdk/types';
import { followLinks } from '@/shell/links';
import { createRenew } from '@/shell/renew';
import { ShellRoot } from '@/shell/shell-root';
import { createQueryClient } from '@/ui/query-client';
import { createPreferences } from '@/ui/preferences';
import { createStore } from '@/ui/store';
import { createTheme } from '@/ui/theme';
import { type Answer, type MockOptions, createMock } from '../mock/api';
import { shellOf } from '../mock/data';

type Mock = ReturnType<typeof createMock>;
type WorldOptions = MockOptions & { live?: Live; modules?: Record<string, PluginModule>; safe?: boolean };

/** A fetch that asks the mock; *answers* may stand in for it, one path at a time. */
export function fakeFetch(mock: Mock, answers: Record<string, Answer[]> = {}): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input, 'http://localhost');
    const method = init.method ?? 'GET';
    const text = typeof init.body === 'string' ? init.body : '{}';
    const body = JSON.parse(text) as Record<string, unknown>; // the client sends objects
    const special = answers[`${method} ${url.pathname}`]?.shift();
    const answer = special ?? mock.handle({ method, path: url.pathname, query: url.searchParams, body, headers: new Headers(init.headers) });
    const content = answer.body === undefined ? null : JSON.stringify(answer.body);
    const headers = { 'content-type': 'application/json', ...answer.headers };
    return Promise.resolve(new Response(content, { status: answer.status, headers }));
  };
}

function fakeLoader(modules: Record<string, PluginModule>): Loader {
  const find = (entry: string) => modules[entry.split('/')[3] ?? ''];
  return {
    peek: ({ entry }) => find(entry),
    load: ({ entry }) => {
      const found = find(entry);
      return found ? Promise.resolve(found) : Promise.reject(new Error(`${entry} could not be loaded`));
    },
  };
}

/** Build the parts of a shell at *at*; nothing is drawn yet. */
export function buildWorld(at: string, { modules = {}, safe = false, live = createLive({ stream: null }), ...options }: WorldOptions = {}) {
  const mock = createMock(options);
  const answers: Record<string, Answer[]> = {};
  const history = createMemoryHistory({ initialEntries: [at] });
  const queries = createQueryClient();
  const dialogs = createStore<App['dialogs']['value']>([]);
  const env = createStore<App['env']['value']>({ theme: 'light', locale: 'en', timeZone: 'UTC', density: 'cosy', times: 'relative', dates: 'locale', reducedMotion: true });
  const app: App = {
    client: createClient({ fetch: fakeFetch(mock, answers), renew: createRenew(dialogs, () => undefined) }),
    history,
    loader: fakeLoader(modules),
    toasts: createStore<App['toasts']['value']>([]),
    dialogs,
    env,
    formats: formatsOf(env),
    live,
    focusHeading: createStore(false),
    safe,
  };
  return { mock, answers, app, history, queries, env };
}

/** Draw the shell at *at*. `answers` may be filled before or after, by "METHOD /path". */
export function openShell(at: string, options: WorldOptions = {}) {
  const world = buildWorld(at, options);
  onTestFinished(followLinks(world.history, document));
  const user = userEvent.setup();
  const view = render(<ShellRoot app={world.app} theme={createTheme(world.env)} preferences={createPreferences(world.env)} queries={world.queries} />);
  return { ...world, ...view, user };
}

/** The host of one section, for parts that are drawn alone. */
export function hostOf(id: string, options: WorldOptions = {}): { host: Host } & ReturnType<typeof buildWorld> {
  const world = buildWorld('/', options);
  const shell = shellOf({});
  const section = shell.sections.find((one: Section) => one.id === id);
  if (!section) throw new Error(`the mock has no section ${id}`);
  return { ...world, host: createHost({ app: world.app, shell, section, signal: new AbortController().signal }) };
}
