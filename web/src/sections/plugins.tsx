/** Every installed plugin: its state, why it is in it, and the command that mends it. */
import type { PluginView } from '@/api/wire';
import { t } from '@/i18n/t';
import { CommandLine } from '@/ui/command-line';
import { useData } from '@/ui/data';
import { PageHeader } from '@/ui/page-header';
import { PluginState } from '@/ui/plugin-state';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';

type PluginRowProps = { plugin: PluginView };

function PluginRow({ plugin }: PluginRowProps) {
  const facts = [
    plugin.dist,
    plugin.required ? t('plugins.required') : '',
    plugin.sections.length > 0 ? t('plugins.sections', { list: plugin.sections.join(', ') }) : '',
    plugin.permissions.length > 0 ? t('plugins.permissions', { n: plugin.permissions.length }) : '',
    plugin.owner ? t('plugins.owner', { owner: plugin.owner }) : '',
  ].filter(Boolean);
  return (
    <li className="f-plugin-row">
      <div className="f-plugin-head">
        <span className="f-name">{plugin.title || plugin.id}</span>
        <code className="f-code">{plugin.id}</code>
        <span className="f-meta f-num">{plugin.version}</span>
        <PluginState state={plugin.state} />
      </div>
      <p className="f-meta">{facts.join(' · ')}{plugin.docs && <> · <a className="f-link" href={plugin.docs}>{t('plugins.docs')}</a></>}</p>
      {plugin.reason && <p className="f-reason">{plugin.reason}</p>}
      {plugin.refused.map(({ part, reason }) => <p key={part} className="f-reason">{t('plugins.refused', { part, reason })}</p>)}
      {plugin.trace && (
        <details>
          <summary className="f-meta">{t('plugins.trace')}</summary>
          <pre className="f-pre">{plugin.trace}</pre>
        </details>
      )}
      {plugin.mend && <CommandLine command={plugin.mend} />}
    </li>
  );
}

export function Plugins() {
  const { value, error, pending, reload } = useData<{ items: PluginView[] }>('');
  const items = value?.items ?? [];
  return (
    <>
      <PageHeader title={t('plugins.title')} count={value && String(items.length)} description={t('plugins.about')} />
      {pending && <Skeleton />}
      {error && !value && <ProblemCard error={error} onRetry={reload} />}
      {items.length > 0 && <ul className="f-plugin-list">{items.map((plugin) => <PluginRow key={plugin.id} plugin={plugin} />)}</ul>}
    </>
  );
}
