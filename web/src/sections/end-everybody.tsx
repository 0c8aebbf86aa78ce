/** For the bad day: sign everybody out but oneself. */
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { useHost } from '@/ui/host-context';
import { useRunAction } from '@/ui/run-action';

export function EndEverybody() {
  const { api, ui } = useHost();
  const run = useRunAction();
  const handleClick = async () => {
    if (!(await ui.confirm({ title: t('sessions.everybody.title'), body: t('sessions.everybody.body'), ok: t('sessions.everybody'), danger: true }))) return;
    await run(async () => t('sessions.ended', { n: (await api.send<{ ended: number }>('POST', '/users/end-all-sessions')).ended }));
  };
  return <Button onClick={() => void handleClick()}>{t('sessions.everybody')}</Button>;
}
