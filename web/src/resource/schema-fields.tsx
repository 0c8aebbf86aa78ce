/** The fields of one object of a schema; a nested object is a group of its own. */
import type { JsonSchema } from '@/sdk/types';
import { Checkbox } from '@/ui/controls';
import { Field } from '@/ui/field';
import { ChoiceField } from './choice-field';
import { FreeFields } from './free-fields';
import { humanise, textOf } from './row';
import { SchemaControl, listed, optionsOf } from './schema-control';
import { type FieldErrors, type Values, isFree, isNeeded, isShown, isValues } from './schema-validate';

type SchemaFieldsProps = {
  schema: JsonSchema;
  order?: string[] | undefined;
  /** The fields to show; all of them without it. */
  only?: readonly string[] | undefined;
  values: Values;
  before?: Values | undefined;
  errors: FieldErrors;
  at: string;
  onChange: (values: Values, pointer: string) => void;
  onBlur: (pointer: string) => void;
};

function ordered(schema: JsonSchema, order: string[] = []): [string, JsonSchema][] {
  const all = Object.entries(schema.properties ?? {});
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return all.filter(([, field]) => !field.readOnly).sort(([a], [b]) => place(a) - place(b));
}

export function SchemaFields({ schema, order, only, before, values, errors, at, onChange, onBlur }: SchemaFieldsProps) {
  const fields = ordered(schema, order).filter(([name, field]) => (only?.includes(name) ?? true) && isShown(field, values));
  return fields.map(([name, field]) => {
    const pointer = `${at}/${name}`;
    const label = field.title ?? humanise(name);
    const handleChange = (value: unknown) => onChange({ ...values, [name]: value }, pointer);
    if (field.type === 'object') {
      const inner = values[name];
      if (isFree(field)) return <FreeFields key={name} label={label} error={errors[pointer]} onChange={handleChange} />;
      return (
        <fieldset key={name} className="f-group">
          <legend>{label}</legend>
          <SchemaFields schema={field} values={isValues(inner) ? inner : {}} errors={errors} at={pointer} onChange={(value, where) => onChange({ ...values, [name]: value }, where)} onBlur={onBlur} />
        </fieldset>
      );
    }
    if (field.type === 'boolean') {
      const isSwitch = field['x-ui']?.widget === 'switch';
      return <Checkbox key={name} name={name} label={label} role={isSwitch ? 'switch' : undefined} checked={values[name] === true} onChange={(event) => handleChange(event.target.checked)} />;
    }
    const required = isNeeded(schema, name, before);
    const optional = !required && (field.default === undefined || field.default === '');
    const choices = field['x-ui']?.widget === 'radio' ? optionsOf(field) : null;
    if (choices) {
      return <ChoiceField key={name} name={name} label={label} hint={field.description} error={errors[pointer]} optional={optional} options={choices} value={textOf(values[name])} onChange={(text) => handleChange(listed(field, text))} />;
    }
    return (
      <Field key={name} label={label} hint={field.description} error={errors[pointer]} optional={optional} required={required}>
        {(ids) => <SchemaControl name={name} schema={field} value={values[name]} ids={ids} onChange={handleChange} onBlur={() => onBlur(pointer)} />}
      </Field>
    );
  });
}
