/** What runs by the clock, and when it is next due; each can be switched off and on. */
import { t } from '@/i18n/t';
import { Status } from '@/ui/badge';
import { Button } from '@/ui/button';
import { useData, useRefresh } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { problemWords } from '@/ui/problem-words';
import { Time } from '@/ui/time';
import { useFollow } from '@/ui/use-follow';
import type { ScheduleView } from './run-types';

export function Schedules() {
  const { api, ui, can } = useHost();
  const refresh = useRefresh();
  const { value, error, reload } = useData<{ items: ScheduleView[] }>('/schedules');
  useFollow('runs.schedule', reload);
  const handleToggle = async (one: ScheduleView) => {
    try {
      await api.send('PATCH', `/schedules/${one.id}`, { enabled: !one.enabled });
      await refresh();
    } catch (failure) {
      ui.toast({ text: problemWords(failure).title, kind: 'bad' });
    }
  };
  if (error && !value) return <ProblemCard error={error} onRetry={reload} />;
  if (!value || value.items.length === 0) return null;
  return (
    <section className="f-section f-after f-schedules" aria-labelledby="schedules">
      <h2 id="schedules">{t('runs.schedules')}</h2>
      <ul className="f-rows">
        {value.items.map((one) => (
          <li key={one.id}>
            <span className="f-two">
              <span className="f-name">{one.kind}</span>
              <span className="f-meta f-clip"><code>{one.cron}</code> {one.zone}</span>
            </span>
            {one.enabled ? <span className="f-meta f-clip">{t('runs.next')} <Time iso={one.next_at} absolute /></span> : <Status>{t('runs.off')}</Status>}
            {can('runs:schedule:write') && <Button onClick={() => void handleToggle(one)}>{one.enabled ? t('runs.switch_off') : t('runs.switch_on')}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
