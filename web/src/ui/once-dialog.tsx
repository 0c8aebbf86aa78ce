/** Something that is shown this one time: to be copied, and acknowledged before it goes. */
import { useState } from 'react';

import { t } from '@/i18n/t';
import { Button } from './button';
import { CommandLine } from './command-line';
import { Checkbox } from './controls';
import { Dialog } from './dialog';

type OnceDialogProps = { title: string; body: string; text: string; onDone: () => void };

export function OnceDialog({ title, body, text, onDone }: OnceDialogProps) {
  const [kept, setKept] = useState(false);
  const [asked, setAsked] = useState(false);
  const handleDone = () => (kept ? onDone() : setAsked(true));
  return (
    <Dialog title={title} onClose={handleDone} footer={<Button variant="primary" onClick={handleDone}>{t('once.done')}</Button>}>
      <p>{body}</p>
      <CommandLine command={text} />
      <Checkbox label={t('once.kept')} checked={kept} onChange={(event) => setKept(event.target.checked)} />
      <p role="status" className="f-error">{asked && !kept ? t('once.first') : ''}</p>
    </Dialog>
  );
}
