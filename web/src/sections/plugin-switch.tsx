/** How a plugin is switched off or on again: what that takes, and what of it stays in the database. */
import type { PluginView } from '@/api/wire';
import { t } from '@/i18n/t';
import { CommandLine } from '@/ui/command-line';
import { useHost } from '@/ui/host-context';

type PluginSwitchProps = { plugin: PluginView };

/** What stays, in numbers where the server counted them. */
function useWhatStays({ tables = [] }: PluginView): string {
  const { fmt } = useHost();
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return tables.length === 0 ? t('plugins.off.nothing') : t('plugins.off.stays', { n: tables.length, rows: fmt.number(rows) });
}

export function PluginSwitch({ plugin }: PluginSwitchProps) {
  const stays = useWhatStays(plugin);
  if (plugin.builtin || plugin.state === 'removed') return null;
  const isOff = plugin.enabled === false;
  return (
    <details className="f-facts">
      <summary className="f-meta">{t(isOff ? 'plugins.on' : 'plugins.off')}</summary>
      <p>{t(isOff ? 'plugins.on.body' : 'plugins.off.body')}</p>
      <p>{stays}</p>
      {plugin.required && <p>{t('plugins.off.required')}</p>}
      <CommandLine command={`foundation plugin ${isOff ? 'enable' : 'disable'} ${plugin.id}`} />
    </details>
  );
}
