/** Names the person chooses, each with a secret value. */
import { useState } from 'react';

import { newKey } from '@/api/new-key';
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { TextInput } from '@/ui/controls';
import { Icon } from '@/ui/icon';

type FreeFieldsProps = { label: string; error: string | undefined; onChange: (values: Record<string, string>) => void };
type Line = { id: string; name: string; value: string };

const blank = (): Line => ({ id: newKey(), name: '', value: '' });

export function FreeFields({ label, error, onChange }: FreeFieldsProps) {
  const [lines, setLines] = useState<Line[]>(() => [blank()]);
  const change = (next: Line[]) => {
    setLines(next);
    onChange(Object.fromEntries(next.filter((line) => line.name !== '').map((line) => [line.name, line.value])));
  };
  const edit = (id: string, part: Partial<Line>) => change(lines.map((line) => (line.id === id ? { ...line, ...part } : line)));
  return (
    <fieldset className="f-group">
      <legend>{label}</legend>
      {lines.map((line, index) => (
        <div key={line.id} className="f-pair">
          <TextInput aria-label={t('free.name', { n: index + 1 })} placeholder={t('free.name.hint')} value={line.name} mono autoComplete="off" onChange={(event) => edit(line.id, { name: event.target.value })} />
          <TextInput aria-label={t('free.value', { n: index + 1 })} placeholder={t('free.value.hint')} type="password" value={line.value} mono autoComplete="new-password" onChange={(event) => edit(line.id, { value: event.target.value })} />
          <Button variant="ghost" icon="x" aria-label={t('free.remove', { n: index + 1 })} disabled={lines.length === 1} onClick={() => change(lines.filter((other) => other.id !== line.id))} />
        </div>
      ))}
      {error && <p className="f-error"><Icon name="circle-alert" size={14} /> {error}</p>}
      <div><Button icon="plus" onClick={() => change([...lines, blank()])}>{t('free.add')}</Button></div>
    </fieldset>
  );
}
