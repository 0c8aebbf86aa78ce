/** Asks before harm; for the worst, the name has to be typed. */
import { type SyntheticEvent, useState } from 'react';

import { t } from '@/i18n/t';
import type { ConfirmSpec } from '@/sdk/types';
import { Button } from './button';
import { TextInput } from './controls';
import { Dialog } from './dialog';
import { Field } from './field';

type ConfirmDialogProps = { question: ConfirmSpec; onAnswer: (yes: boolean) => void };

export function ConfirmDialog({ question, onAnswer }: ConfirmDialogProps) {
  const { title, body, danger = false, type, ok } = question;
  const [typed, setTyped] = useState('');
  const [error, setError] = useState('');
  const handleSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (type !== undefined && typed !== type) {
      setError(t('confirm.mismatch', { text: type }));
      return;
    }
    onAnswer(true);
  };
  return (
    <Dialog title={title} alert onClose={() => onAnswer(false)}>
      <form className="f-form" onSubmit={handleSubmit}>
        <p>{body}</p>
        {type !== undefined && (
          <Field label={t('confirm.type', { text: type })} error={error || undefined}>
            {(ids) => <TextInput {...ids} value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />}
          </Field>
        )}
        <div className="f-form-actions">
          <Button type="submit" variant={danger ? 'danger' : 'primary'}>{ok ?? t('ok')}</Button>
          <Button onClick={() => onAnswer(false)}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
