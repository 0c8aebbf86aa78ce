/** One of a few choices, all of them in sight. */
import { useId } from 'react';

import { t } from '@/i18n/t';
import { type Option } from '@/ui/controls';
import { Icon } from '@/ui/icon';

type ChoiceFieldProps = {
  name: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  optional: boolean;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
};

export function ChoiceField({ name, label, hint, error, optional, options, value, onChange }: ChoiceFieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="f-field f-options" role="radiogroup" aria-labelledby={`${id}-label`} aria-invalid={error ? true : undefined} data-invalid={error ? '' : undefined} aria-describedby={described || undefined}>
      <span className="f-label" id={`${id}-label`}>{label}{optional && <span className="f-optional"> {t('form.optional')}</span>}</span>
      {options.map((option) => (
        <label key={option.value} className="f-check">
          <input type="radio" name={`${id}-${name}`} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
      {hint && <p className="f-hint" id={`${id}-hint`}>{hint}</p>}
      {error && <p className="f-error" id={`${id}-error`}><Icon name="circle-alert" size={14} /> {error}</p>}
    </div>
  );
}
