/** What of a plugin rests because it failed too often, until when, and the ways to have it work again. */
import type { PluginView } from '@/api/wire';
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { CommandLine } from '@/ui/command-line';
import { useHost } from '@/ui/host-context';
import { useRunAction } from '@/ui/run-action';
import { Time } from '@/ui/time';

type PluginQuarantineProps = { plugin: PluginView; onRelease: () => void };

export function PluginQuarantine({ plugin, onRelease }: PluginQuarantineProps) {
  const { api, can } = useHost();
  const run = useRunAction();
  const { quarantine = [] } = plugin;
  if (quarantine.length === 0) return null;
  const command = `foundation plugin enable ${plugin.id} --rearm`;
  const handleRelease = async () => {
    await run(async () => t('plugins.released', { n: (await api.send<{ parts: string[] }>('POST', `/${plugin.id}/rearm`)).parts.length }));
    onRelease();
  };
  return (
    <div className="f-quarantine">
      <ul className="f-lines">
        {quarantine.map(({ part, reason, since, probe_at: next }) => (
          <li key={part}>
            <code className="f-code">{part}</code> {reason}
            <span className="f-meta"> · {t('plugins.resting')} <Time iso={since} /> · {t('plugins.tried')} <Time iso={next} /></span>
          </li>
        ))}
      </ul>
      {can('system:plugin:rearm') && <Button onClick={() => void handleRelease()}>{t('plugins.release')}</Button>}
      {plugin.mend !== command && <CommandLine command={command} />}
    </div>
  );
}
