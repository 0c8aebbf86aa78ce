/** A labelled control: the label is always visible, hint and error are tied to the control. */
import { type ReactNode, useId } from 'react';

import { t } from '@/i18n/t';
import { Icon } from './icon';

/** What the control inside must take over. */
export type FieldIds = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined; 'aria-required': true | undefined };
type FieldProps = {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  required?: boolean;
  children: (ids: FieldIds) => ReactNode;
};

export function Field({ label, hint, error, optional = false, required = false, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="f-field" data-invalid={error ? '' : undefined}>
      <label className="f-label" htmlFor={id}>
        {label}
        {optional && <span className="f-optional"> {t('form.optional')}</span>}
      </label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
        'aria-required': required || undefined,
      })}
      {hint && <p className="f-hint" id={`${id}-hint`}>{hint}</p>}
      {error && (
        <p className="f-error" id={`${id}-error`}>
          <Icon name="circle-alert" size={14} /> {error}
        </p>
      )}
    </div>
  );
}
