/** Every installed plugin: its state, what it has, why it does not work, and the command that mends it. */
import '@/styles/plugins.css';

import type { PluginView } from '@/api/wire';
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import { CommandLine } from '@/ui/command-line';
import { CopyButton } from '@/ui/copy-button';
import { useData } from '@/ui/data';
import { PageHeader } from '@/ui/page-header';
import { PluginState } from '@/ui/plugin-state';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import { Time } from '@/ui/time';
import { PluginFacts } from './plugin-facts';
import { PluginQuarantine } from './plugin-quarantine';
import { PluginSwitch } from './plugin-switch';

type PluginRowProps = { plugin: PluginView; onChange: () => void };

/** The last thing that went wrong, whole, and in one copy for whoever is asked. */
function LastError({ plugin }: Pick<PluginRowProps, 'plugin'>) {
  const { last_fault: fault, trace } = plugin;
  const text = trace ?? (fault ? `${fault.at} ${fault.fault} (${fault.request_id})` : null);
  if (text === null) return null;
  return (
    <details>
      <summary className="f-meta">{t('plugins.trace')}{fault && trace === null && <> · <Time iso={fault.at} /></>}</summary>
      <div className="f-trace">
        <pre className="f-pre">{text}</pre>
        <CopyButton text={`${plugin.id} ${plugin.version} (${plugin.dist}): ${plugin.state}\n${plugin.reason ?? ''}\n${text}`} what={t('plugins.trace')} />
      </div>
    </details>
  );
}

function PluginRow({ plugin, onChange }: PluginRowProps) {
  const facts = [
    plugin.dist,
    plugin.required ? t('plugins.required') : '',
    plugin.enabled === false ? t('plugins.switched_off') : '',
    plugin.sections.length > 0 ? t('plugins.sections', { list: plugin.sections.join(', ') }) : '',
    plugin.permissions.length > 0 ? t('plugins.permissions', { n: plugin.permissions.length }) : '',
    plugin.owner ? t('plugins.owner', { owner: plugin.owner }) : '',
  ].filter(Boolean);
  const reasons = [
    ...(plugin.reason ? [plugin.reason] : []),
    ...plugin.refused.map(({ part, reason }) => t('plugins.refused', { part, reason })),
    ...(plugin.allowed ? [t('plugins.allowed', { reason: plugin.allowed })] : []),
  ];
  return (
    <li className="f-plugin-row">
      <div className="f-plugin-head">
        <span className="f-name">{said(plugin.title) || plugin.id}</span>
        <code className="f-code">{plugin.id}</code>
        <span className="f-meta f-num">{plugin.version}</span>
        <PluginState state={plugin.state} />
        {plugin.since && plugin.state !== 'started' && <span className="f-meta"><Time iso={plugin.since} /></span>}
      </div>
      <p className="f-meta">{facts.join(' · ')}{plugin.docs && <> · <a className="f-link" href={plugin.docs}>{t('plugins.docs')}</a></>}</p>
      {reasons.map((reason) => <p key={reason} className="f-reason">{reason}</p>)}
      <PluginQuarantine plugin={plugin} onRelease={onChange} />
      {plugin.mend && <CommandLine command={plugin.mend} />}
      {plugin.state === 'removed' && <CommandLine command={`foundation plugin purge ${plugin.id}`} />}
      <LastError plugin={plugin} />
      <PluginFacts plugin={plugin} />
      <PluginSwitch plugin={plugin} />
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
      {items.length > 0 && <ul className="f-plugin-list">{items.map((plugin) => <PluginRow key={plugin.id} plugin={plugin} onChange={reload} />)}</ul>}
    </>
  );
}
