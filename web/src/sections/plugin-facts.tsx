/** What one plugin has: its sections, rights, routes and tables, and how long its start took. */
import type { ReactNode } from 'react';

import type { PluginView } from '@/api/wire';
import { t } from '@/i18n/t';
import { DetailsList } from '@/ui/details-list';
import { useHost } from '@/ui/host-context';

type PluginFactsProps = { plugin: PluginView };

function codes(names: readonly string[]): ReactNode {
  return <span className="f-codes">{names.map((name) => <code key={name} className="f-code">{name}</code>)}</span>;
}

function Tables({ tables }: { tables: NonNullable<PluginView['tables']> }) {
  const { fmt } = useHost();
  return (
    <ul className="f-lines">
      {tables.map(({ name, rows, exact }) => (
        <li key={name}><code className="f-code">{name}</code> <span className="f-num">{t(exact === false ? 'plugins.rows_about' : 'plugins.rows', { n: rows, shown: fmt.number(rows) })}</span></li>
      ))}
    </ul>
  );
}

function PublicRoutes({ routes }: { routes: NonNullable<PluginView['public']> }) {
  return (
    <ul className="f-lines">
      {routes.map(({ method, path, reason }) => <li key={`${method} ${path}`}><code className="f-code">{method} {path}</code> <span className="f-meta">{reason}</span></li>)}
    </ul>
  );
}

/** Names that are held and not among what the plugin adds now: its settings and ports, and all of one that is gone. */
function heldBeside({ claims = [], permissions, prefixes = [], events = [] }: PluginView): string[] {
  const shown = new Set([...permissions, ...prefixes, ...events]);
  return claims.filter(({ name }) => !shown.has(name)).map(({ kind, name }) => `${kind} ${name}`);
}

export function PluginFacts({ plugin }: PluginFactsProps) {
  const { fmt } = useHost();
  const { prefixes = [], events = [], tables = [], public: open = [], start_ms: start = 0 } = plugin;
  const held = heldBeside(plugin);
  const all: [key: string, label: string, shown: boolean, value: ReactNode][] = [
    ['dist', t('plugins.dist'), plugin.dist !== '', <code key="dist" className="f-code">{plugin.dist}</code>],
    ['permissions', t('plugins.rights'), plugin.permissions.length > 0, codes(plugin.permissions)],
    ['prefixes', t('plugins.prefixes'), prefixes.length > 0, codes(prefixes.map((prefix) => `/api/${prefix}`))],
    ['public', t('plugins.public'), open.length > 0, <PublicRoutes key="public" routes={open} />],
    ['events', t('plugins.events'), events.length > 0, codes(events)],
    ['tables', t('plugins.tables'), tables.length > 0, <Tables key="tables" tables={tables} />],
    ['claims', t('plugins.claims'), held.length > 0, codes(held)],
    ['start', t('plugins.start'), start > 0, <span key="start" className="f-num">{fmt.number(Math.round(start))} ms</span>],
  ];
  const entries = all.filter(([, , shown]) => shown).map(([key, label, , value]) => ({ key, label, value }));
  if (entries.length === 0) return null;
  return (
    <details className="f-facts">
      <summary className="f-meta">{t('plugins.more')}</summary>
      <DetailsList entries={entries} />
    </details>
  );
}
