/** The native controls in the kit's clothes. */
import type { InputHTMLAttributes, Ref, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';

type Bare<T> = Omit<T, 'className' | 'style'>;
type TextInputProps = Bare<InputHTMLAttributes<HTMLInputElement>> & { mono?: boolean; ref?: Ref<HTMLInputElement> };
type TextAreaProps = Bare<TextareaHTMLAttributes<HTMLTextAreaElement>> & { mono?: boolean };
export type Option = { value: string; label: string };
type SelectProps = Bare<SelectHTMLAttributes<HTMLSelectElement>> & { options: readonly Option[]; empty?: string | undefined };
type CheckboxProps = Bare<InputHTMLAttributes<HTMLInputElement>> & { label: string };

export function TextInput({ mono = false, ...rest }: TextInputProps) {
  return <input type="text" {...rest} className="f-input" data-mono={mono || undefined} />;
}

export function TextArea({ mono = false, rows = 4, ...rest }: TextAreaProps) {
  return <textarea {...rest} rows={rows} className="f-input" data-mono={mono || undefined} />;
}

/** *empty* is the text of the choice of nothing; without it one of the options is always chosen. */
export function Select({ options, empty, ...rest }: SelectProps) {
  return (
    <select {...rest} className="f-select">
      {empty !== undefined && <option value="">{empty}</option>}
      {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
    </select>
  );
}

export function Checkbox({ label, ...rest }: CheckboxProps) {
  return (
    <label className="f-check">
      <input {...rest} type="checkbox" /> <span>{label}</span>
    </label>
  );
}
