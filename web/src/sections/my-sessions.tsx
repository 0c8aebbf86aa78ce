/** Where somebody is signed in: this browser is marked, any other can be signed out, or all of them. */
import type { SessionItem } from '@/api/identity-wire';
import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import { Button } from '@/ui/button';
import { useData } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { useRunAction } from '@/ui/run-action';
import { Skeleton } from '@/ui/skeleton';
import { MyNotices } from './my-notices';
import { SessionTable } from './session-table';

export function MySessions() {
  const { api, ui } = useHost();
  const run = useRunAction();
  const { value, error, pending, reload } = useData<Page<SessionItem>>('/me/sessions');
  const sessions = [...(value?.items ?? [])].sort((a, b) => Number(b.is_current) - Number(a.is_current));
  const handleEnd = (session: SessionItem) => void run(async () => {
    await api.send('DELETE', `/me/sessions/${session.public_id}`);
    return t('sessions.ended', { n: 1 });
  });
  const handleOthers = async () => {
    if (!(await ui.confirm({ title: t('sessions.others.title'), body: t('sessions.others.body'), ok: t('sessions.others'), danger: true }))) return;
    await run(async () => t('sessions.ended', { n: (await api.send<{ ended: number }>('POST', '/me/sessions/end-others')).ended }));
  };
  return (
    <section className="f-section" aria-labelledby="sessions">
      <header>
        <h2 id="sessions">{t('sessions.title')}</h2>
        {sessions.length > 1 && <Button onClick={() => void handleOthers()}>{t('sessions.others')}</Button>}
      </header>
      <p className="f-meta">{t('sessions.about')}</p>
      <MyNotices kind="session_ended" />
      {pending && <Skeleton rows={3} />}
      {error && !value && <ProblemCard error={error} onRetry={reload} />}
      {sessions.length > 0 && <SessionTable sessions={sessions} onEnd={handleEnd} />}
    </section>
  );
}
