/** What may be done with a run: stop it, or do it again with the same or with other parameters. */
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { useRefresh } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { problemWords } from '@/ui/problem-words';
import { type RunDetail, type RunView, hasEnded, startPath } from './run-types';

type RunActionsProps = { run: RunDetail };

export function RunActions({ run }: RunActionsProps) {
  const { api, ui, route } = useHost();
  const refresh = useRefresh();
  if (!run.may_operate || run.state === 'cancelling') return null;
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      ui.toast({ text: problemWords(error).title, kind: 'bad' });
    }
  };
  const handleCancel = () => attempt(async () => {
    if (!(await ui.confirm({ title: t('runs.cancel.ask'), body: t('runs.cancel.body'), ok: t('runs.cancel'), danger: true }))) return;
    await api.send('POST', `/${run.id}/cancel`, {});
    await refresh();
  });
  const handleAgain = () => attempt(async () => {
    const next = await api.send<RunView>('POST', `/${run.id}/again`, {});
    await refresh();
    ui.toast({ text: t('runs.started', { title: run.title }), kind: 'good' });
    route.go(next.id);
  });
  if (!hasEnded(run)) return <Button variant="danger" onClick={() => void handleCancel()}>{t('runs.cancel')}</Button>;
  return (
    <>
      <Button icon="rotate-ccw" onClick={() => void handleAgain()}>{t('runs.again')}</Button>
      <Button onClick={() => route.go(startPath(run.kind), { query: { like: run.id } })}>{t('runs.change')}</Button>
    </>
  );
}
