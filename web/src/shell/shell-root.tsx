/** The whole shell around its parts: queries, pages, messages, questions. */
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';

import { t } from '@/i18n/t';
import { type App, AppContext } from '@/plugin/app';
import { Dialogs } from '@/ui/dialogs';
import { ErrorBoundary } from '@/ui/error-boundary';
import type { PreferenceStore } from '@/ui/preferences';
import type { Theme } from '@/ui/theme';
import { Toasts } from '@/ui/toasts';
import { PreferencesContext } from '@/ui/use-preferences';
import { ThemeContext } from '@/ui/use-theme';
import { Page } from './page';

type ShellRootProps = { app: App; theme: Theme; preferences: PreferenceStore; queries: QueryClient };

/** Drawn with nothing but HTML: whatever failed, this cannot. */
function LastResort() {
  return (
    <main className="s-door">
      <div className="s-door-card" role="alert">
        <h1>{t('crash.title')}</h1>
        <p>{t('crash.body')}</p>
        <a className="f-link" href="/?safe=1" data-reload="">{t('crash.safe')}</a>
      </div>
    </main>
  );
}

export function ShellRoot({ app, theme, preferences, queries }: ShellRootProps) {
  return (
    <ErrorBoundary fallback={() => <LastResort />}>
      <AppContext value={app}>
        <ThemeContext value={theme}>
          <PreferencesContext value={preferences}>
            <QueryClientProvider client={queries}>
              <Page />
              <Toasts store={app.toasts} />
              <Dialogs store={app.dialogs} />
            </QueryClientProvider>
          </PreferencesContext>
        </ThemeContext>
      </AppContext>
    </ErrorBoundary>
  );
}
