/** Chooses one row of another list, by its name. */
import { t } from '@/i18n/t';
import { Select } from '@/ui/controls';
import type { FieldIds } from '@/ui/field';
import { useRefOptions } from './use-ref-options';

type RefSelectProps = { ids: FieldIds; name: string; api: string; value: string; onChange: (value: string) => void; onBlur: () => void };

export function RefSelect({ ids, name, api, value, onChange, onBlur }: RefSelectProps) {
  const { options, pending, failure } = useRefOptions(api);
  if (failure !== null) return <p className="f-error" role="alert">{failure}</p>;
  const empty = pending ? t('loading') : options.length === 0 ? t('ref.none') : t('form.choose');
  return <Select {...ids} name={name} value={value} empty={empty} options={options} onBlur={onBlur} onChange={(event) => onChange(event.target.value)} />;
}
