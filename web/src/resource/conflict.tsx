/** Somebody changed it meanwhile: both versions side by side, and two ways on. */
import { useState } from 'react';

import { t } from '@/i18n/t';
import type { JsonSchema } from '@/sdk/types';
import { Button } from '@/ui/button';
import { FormProblem } from '@/ui/form-problem';
import { type Row, humanise, textOf } from './row';
import type { Values } from './schema-validate';

type ConflictProps = { schema: JsonSchema; mine: Values; theirs: Row; onMine: () => Promise<void>; onTheirs: () => void };

/** A value as a person reads it: tags side by side, nothing as nothing. */
const wordsOf = (value: unknown) => (Array.isArray(value) ? value.map(textOf).join(', ') : textOf(value));

export function Conflict({ schema, mine, theirs, onMine, onTheirs }: ConflictProps) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const fields = Object.entries(schema.properties ?? {}).filter(([name]) => wordsOf(mine[name]) !== wordsOf(theirs[name]));
  const handleMine = async () => {
    setBusy(true);
    await onMine().catch(setError);
    setBusy(false);
  };
  return (
    <div className="f-form" role="alert">
      <p>{t('conflict.body')}</p>
      {error !== null && <FormProblem error={error} />}
      <table className="f-table">
        <thead>
          <tr><th scope="col">{t('conflict.field')}</th><th scope="col">{t('conflict.theirs')}</th><th scope="col">{t('conflict.mine')}</th></tr>
        </thead>
        <tbody>
          {fields.map(([name, field]) => (
            <tr key={name}>
              <th scope="row">{field.title ?? humanise(name)}</th>
              <td>{wordsOf(theirs[name]) || '–'}</td>
              <td>{wordsOf(mine[name]) || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="f-form-actions">
        <Button variant="primary" busy={busy} onClick={() => void handleMine()}>{t('conflict.keep_mine')}</Button>
        <Button onClick={onTheirs}>{t('conflict.take_theirs')}</Button>
      </div>
    </div>
  );
}
