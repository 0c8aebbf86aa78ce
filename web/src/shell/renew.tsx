/** Signing in again over the page: in a tab of its own, so that nothing typed here is lost. */
import { useEffect } from 'react';

import type { RenewReason } from '@/api/client';
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { type DialogStore, openDialog } from '@/ui/dialogs';

type RenewDialogProps = { reason: RenewReason; onAnswer: (done: boolean) => void };

/** Tabs of this browser tell each other here that somebody signed in. */
export const CHANNEL = 'foundation.signed-in';

function RenewDialog({ reason, onAnswer }: RenewDialogProps) {
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.addEventListener('message', () => onAnswer(true));
    return () => channel.close();
  }, [onAnswer]);
  return (
    <Dialog
      title={t(`renew.${reason}.title`)}
      alert
      onClose={() => onAnswer(false)}
      footer={(
        <>
          <Button variant="primary" icon="external-link" onClick={() => window.open(`/sign-in-again?why=${reason}`, '_blank')}>{t('renew.go')}</Button>
          <Button onClick={() => onAnswer(false)}>{t('cancel')}</Button>
        </>
      )}
    >
      <p>{t(`renew.${reason}.body`)}</p>
      <p className="f-meta">{t('renew.kept')}</p>
    </Dialog>
  );
}

/** Make the `renew` of the client. Requests that fail together ask once. */
export function createRenew(dialogs: DialogStore, onRenewed: () => void): (reason: RenewReason) => Promise<boolean> {
  const open = new Map<RenewReason, Promise<boolean>>();
  return (reason) => {
    const asked = open.get(reason);
    if (asked) return asked;
    const question = openDialog<boolean>(dialogs, (answer) => <RenewDialog reason={reason} onAnswer={answer} />).then((done) => {
      open.delete(reason);
      if (done) onRenewed();
      return done === true;
    });
    open.set(reason, question);
    return question;
  };
}
