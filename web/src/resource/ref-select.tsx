/** Chooses one row of another list, by its name; of a long list what is typed is looked for on the server. */
import { useState } from 'react';

import { t } from '@/i18n/t';
import { Select } from '@/ui/controls';
import type { FieldIds } from '@/ui/field';
import { SearchInput } from '@/ui/search-input';
import { useRefOptions } from './use-ref-options';

type RefSelectProps = { ids: FieldIds; name: string; api: string; value: string; onChange: (value: string) => void; onBlur: () => void };

export function RefSelect({ ids, name, api, value, onChange, onBlur }: RefSelectProps) {
  const [q, setQ] = useState('');
  const { options, pending, failure, more } = useRefOptions(api, { q, value });
  const hint = `${ids.id}-more`;
  if (failure !== null) return <p className="f-error" role="alert">{failure}</p>;
  const empty = pending ? t('loading') : options.length === 0 ? t(q === '' ? 'ref.none' : 'ref.nothing') : t('form.choose');
  const described = [ids['aria-describedby'], more ? hint : undefined].filter(Boolean).join(' ') || undefined;
  return (
    <>
      {(more || q !== '') && <SearchInput label={t('ref.search')} value={q} onSearch={setQ} />}
      <Select {...ids} aria-describedby={described} name={name} value={value} empty={empty} options={options} onBlur={onBlur} onChange={(event) => onChange(event.target.value)} />
      {more && <p className="f-hint" id={hint}>{t('ref.more')}</p>}
    </>
  );
}
