/** The host a page gets: everything it may use of the shell, bound to its section and to its life. */
import { QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

import { createApi } from '@/api/section-api';
import { productName } from '@/i18n/product';
import { t } from '@/i18n/t';
import type { Values } from '@/resource/schema-validate';
import { type Host, type HostFormSpec, type HostUi, type Live, type Section, type Shell, UI_API } from '@/sdk/types';
import { ConfirmDialog } from '@/ui/confirm-dialog';
import { copyText } from '@/ui/copy-text';
import { openDialog } from '@/ui/dialogs';
import { HostContext } from '@/ui/host-context';
import { createQueryClient } from '@/ui/query-client';
import { createRoute } from '@/ui/route';
import { pushToast } from '@/ui/toasts';
import type { App } from './app';
import { createLog } from './page-log';
import { sectionUrl } from './section-url';

type HostParts = { app: App; shell: Shell; section: Section; signal: AbortSignal };

function askToLeave(app: App, reason: string): Promise<boolean> {
  return openDialog<boolean>(app.dialogs, (answer) => (
    <ConfirmDialog question={{ title: t('leave.title'), body: reason, ok: t('leave.ok'), danger: true }} onAnswer={answer} />
  )).then((yes) => yes === true);
}

function setTitle(app: App, parts: string[]): void {
  document.title = [...parts, productName()].join(' · ');
  if (!app.focusHeading.value) return;
  app.focusHeading.set(false);
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

function createUi(app: App, host: () => Host): HostUi {
  const queries = createQueryClient();
  const around = (node: ReactNode, client = queries) => (
    <HostContext value={host()}><QueryClientProvider client={client}>{node}</QueryClientProvider></HostContext>
  );
  return {
    title: (parts) => setTitle(app, parts),
    toast: (toast) => pushToast(app.toasts, toast),
    confirm: async (question) => (await openDialog<boolean>(app.dialogs, (answer) => <ConfirmDialog question={question} onAnswer={answer} />)) === true,
    async form<T>(form: HostFormSpec<T>) {
      const spec = form as unknown as HostFormSpec<Values>; // a form's values are known to its schema, not to the compiler
      const { FormDialog } = await import('@/resource/form-dialog');
      return openDialog<T>(app.dialogs, (answer) => around(<FormDialog form={spec} onAnswer={(values) => answer(values as T | null)} />));
    },
    resource(root, spec) {
      const inner = createRoot(root);
      let left = false;
      void import('@/resource/resource-page').then(({ ResourcePage }) => {
        if (!left) inner.render(around(<ResourcePage spec={spec} />, createQueryClient()));
      });
      return () => {
        left = true;
        queueMicrotask(() => inner.unmount()); // not while another React draws
      };
    },
    overlay: () => document.querySelector<HTMLElement>('#overlay') ?? document.body,
    copy: copyText,
  };
}

/** A page that forgets to leave its topics leaves them with its life. */
function liveUntil(app: App, signal: AbortSignal): Live {
  return {
    state: app.live.state,
    on(topic, callback) {
      const off = app.live.on(topic, callback);
      signal.addEventListener('abort', off, { once: true });
      return off;
    },
  };
}

/** Core's own pages that use several of its routers: people, roles, invitations; sessions, tokens. */
const WIDE = new Set(['users', 'settings']);

/** Core's own pages are named as their routes; one of its plugins may hold several of them. */
function apiOf({ ui, api }: Section): string {
  if (ui.kind !== 'builtin') return api;
  return WIDE.has(ui.page) ? '/api' : `/api/${ui.page}`;
}

export function createHost({ app, shell, section, signal }: HostParts): Host {
  const base = sectionUrl(section);
  const rights = new Set(shell.me.can);
  const host: Host = {
    uiApi: UI_API,
    version: shell.product.version,
    section: { id: section.id, plugin: section.plugin, base },
    signal,
    me: shell.me,
    can: (permission) => rights.has(permission),
    api: createApi(app.client, apiOf(section), signal),
    route: createRoute(app.history, base, (reason) => askToLeave(app, reason), signal),
    live: liveUntil(app, signal),
    ui: createUi(app, () => host),
    env: app.env,
    fmt: app.formats,
    t: (key) => key, // until a page brings its texts
    log: createLog(app.client, section.plugin),
  };
  return host;
}
