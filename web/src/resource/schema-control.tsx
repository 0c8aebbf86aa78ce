/** The control for one field of a schema. */
import { t } from '@/i18n/t';
import type { JsonSchema } from '@/sdk/types';
import { type Option, Select, TextArea, TextInput } from '@/ui/controls';
import type { FieldIds } from '@/ui/field';
import { toIso, toLocal } from './date-range';
import { RefSelect } from './ref-select';
import { humanise, textOf } from './row';

type SchemaControlProps = {
  name: string;
  schema: JsonSchema;
  value: unknown;
  onChange: (value: unknown) => void;
  onBlur: () => void;
  ids: FieldIds;
};

export function optionsOf(schema: JsonSchema): Option[] | null {
  if (schema.oneOf) return schema.oneOf.map((one) => ({ value: String(one.const), label: one.title }));
  if (schema.enum) return schema.enum.map((value) => ({ value: String(value), label: humanise(String(value)) }));
  return null;
}

/** An option's text back to what the schema lists: a number stays a number. */
export function listed(schema: JsonSchema, text: string): unknown {
  const all = schema.oneOf?.map((one) => one.const) ?? schema.enum ?? [];
  return all.find((value) => String(value) === text);
}

function isLong(schema: JsonSchema): boolean {
  const widget = schema['x-ui']?.widget;
  return widget === 'textarea' || widget === 'code' || (widget === undefined && (schema.maxLength ?? 0) > 500 && !schema.writeOnly);
}

/** A control with the unit of its number behind it. */
export function SchemaControl(props: SchemaControlProps) {
  const unit = props.schema['x-ui']?.unit;
  if (unit === undefined) return <Control {...props} />;
  const id = `${props.ids.id}-unit`;
  const described = [props.ids['aria-describedby'], id].filter(Boolean).join(' ');
  return (
    <span className="f-with-unit">
      <Control {...props} ids={{ ...props.ids, 'aria-describedby': described }} />
      <span id={id} className="f-unit">{unit}</span>
    </span>
  );
}

function Control({ name, schema, value, onChange, onBlur, ids }: SchemaControlProps) {
  const ui = schema['x-ui'] ?? {};
  const shared = { ...ids, name, onBlur, placeholder: ui.placeholder };
  const text = textOf(value);
  const options = optionsOf(schema);
  if (ui.widget === 'ref') return <RefSelect ids={ids} name={name} api={ui.ref ?? ''} value={text} onChange={onChange} onBlur={onBlur} />;
  if (options) {
    return <Select {...ids} name={name} onBlur={onBlur} value={text} empty={schema.default === undefined ? t('form.choose') : undefined} options={options} onChange={(event) => onChange(listed(schema, event.target.value))} />;
  }
  if (schema.type === 'array') {
    const lines = Array.isArray(value) ? value.map(textOf).join('\n') : '';
    return <TextArea {...shared} rows={3} value={lines} onChange={(event) => onChange(event.target.value === '' ? [] : event.target.value.split('\n'))} />;
  }
  if (schema.type === 'number' || schema.type === 'integer') {
    return <TextInput {...shared} inputMode="decimal" value={text} onChange={(event) => onChange(readNumber(event.target.value))} />;
  }
  if (isLong(schema)) {
    return <TextArea {...shared} mono={ui.widget === 'code'} value={text} spellCheck={ui.widget !== 'code'} autoComplete="off" onChange={(event) => onChange(event.target.value)} />;
  }
  if (ui.multiline) {
    return <TextArea {...shared} mono rows={6} value={text} autoComplete="off" spellCheck={false} onChange={(event) => onChange(event.target.value)} />;
  }
  if (schema.writeOnly || ui.widget === 'secret' || schema.format === 'password') {
    return <TextInput {...shared} type="password" mono value={text} autoComplete="new-password" onChange={(event) => onChange(event.target.value)} />;
  }
  if (schema.format === 'date-time') {
    return <TextInput {...shared} type="datetime-local" value={toLocal(text)} onChange={(event) => onChange(toIso(event.target.value))} />;
  }
  const type = schema.format === 'date' ? 'date' : schema.format === 'email' ? 'email' : 'text';
  return <TextInput {...shared} type={type} value={text} autoComplete="off" onChange={(event) => onChange(event.target.value)} />;
}

/** A number when it is one; else the text stays, so that the person can go on typing and is told. */
function readNumber(text: string): number | string | undefined {
  if (text.trim() === '') return undefined;
  const number = Number(text);
  return Number.isNaN(number) || text.endsWith('.') ? text : number;
}
