/** Starts the shell: builds its parts once and draws it. */
import './styles/index.css';

import { createBrowserHistory } from '@tanstack/history';
import { createRoot } from 'react-dom/client';

import { createClient } from '@/api/client';
import { withEarly } from '@/api/early';
import { browserLive } from '@/api/live-browser';
import { formatsOf } from '@/i18n/formats';
import { currentLanguage, localeOf } from '@/i18n/language';
import { watchLateErrors } from '@/plugin/late-errors';
import { createLoader } from '@/plugin/loader';
import { followLinks } from '@/shell/links';
import { createRenew } from '@/shell/renew';
import { ShellRoot } from '@/shell/shell-root';
import { reloadAfterDeploy } from '@/shell/stale-tab';
import { SHELL_KEY } from '@/shell/use-shell';
import type { Env } from '@/sdk/types';
import { createQueryClient } from '@/ui/query-client';
import { browserZone, createPreferences } from '@/ui/preferences';
import { createStore } from '@/ui/store';
import { createTheme } from '@/ui/theme';

function start(root: HTMLElement): void {
  const history = createBrowserHistory();
  const queries = createQueryClient();
  const dialogs = createStore<{ id: number; node: React.ReactNode }[]>([]);
  const env = createStore<Env>({
    theme: 'light',
    locale: localeOf(currentLanguage()),
    timeZone: browserZone(),
    density: 'cosy',
    times: 'relative',
    dates: 'locale',
    reducedMotion: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  const renew = createRenew(dialogs, () => void queries.invalidateQueries({ queryKey: SHELL_KEY }));
  const app = {
    // Where early.js comes later than this, it finds the place taken and asks nothing a second time.
    client: createClient({ fetch: withEarly(window.fetch.bind(window), (window.foundationEarly ??= new Map())), renew }),
    history,
    loader: createLoader({ document, importModule: (url) => import(/* @vite-ignore */ url) }),
    toasts: createStore([]),
    dialogs,
    env,
    formats: formatsOf(env),
    live: browserLive(),
    focusHeading: createStore(false),
    safe: new URLSearchParams(window.location.search).get('safe') === '1',
  };
  document.documentElement.lang = env.value.locale;
  watchLateErrors(window, app.client);
  followLinks(history, document);
  createRoot(root).render(<ShellRoot app={app} theme={createTheme(env)} preferences={createPreferences(env)} queries={queries} />);
}

reloadAfterDeploy({
  entry: import.meta.url,
  target: window,
  ask: window.fetch.bind(window),
  kept: window.sessionStorage,
  reload: () => window.location.reload(),
});
const root = document.querySelector<HTMLElement>('#root');
if (root) start(root);
