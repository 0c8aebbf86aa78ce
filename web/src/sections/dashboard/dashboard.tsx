/** Is anything wrong? Health first, then what wants doing, then how much there is and what happened. */
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { useData } from '@/ui/data';
import { Empty } from '@/ui/empty';
import { useHost } from '@/ui/host-context';
import { PageHeader } from '@/ui/page-header';
import { ProblemCard } from '@/ui/problem-card';
import { problemWords } from '@/ui/problem-words';
import { Skeleton } from '@/ui/skeleton';
import { Time } from '@/ui/time';
import { DashboardCard } from './card';
import type { DashboardView } from './types';
import { useEvery } from './use-every';

const STEPS = 'dashboard.first_steps';

export function Dashboard() {
  const { api, ui } = useHost();
  const { value, error, pending, reload } = useData<DashboardView>('');
  useEvery(60_000, reload);
  const change = async (method: 'DELETE' | 'PUT') => {
    try {
      await api.send(method, '/first-steps');
    } catch (failure) {
      const words = problemWords(failure);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
    }
    reload();
  };
  const handlePutAway = async () => {
    await change('DELETE');
    ui.toast({ text: t('dashboard.steps.away'), undo: () => change('PUT') });
  };
  return (
    <>
      <PageHeader title={t('dashboard.title')}>
        {value && (
          <>
            <span className="f-meta">{t('dashboard.at')} <Time iso={value.at} /></span>
            <Button variant="ghost" icon="refresh-cw" aria-label={t('dashboard.reload')} onClick={reload} />
          </>
        )}
      </PageHeader>
      {pending && <Skeleton rows={4} />}
      {error && !value && <ProblemCard error={error} onRetry={reload} />}
      {value && (
        <div className="d-grid">
          {value.cards.map((card) => (
            <DashboardCard
              key={card.id}
              card={card}
              requestId={value.request_id}
              action={card.id === STEPS && <Button variant="ghost" onClick={() => void handlePutAway()}>{t('dashboard.steps.put')}</Button>}
            />
          ))}
        </div>
      )}
      {value?.cards.length === 0 && <Empty title={t('dashboard.empty')} />}
    </>
  );
}
