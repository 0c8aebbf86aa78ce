/** Checks a form's values against the schema subset: the same limits the server has, said in words. */
import { t } from '@/i18n/t';
import type { JsonSchema } from '@/sdk/types';

export type Values = Record<string, unknown>;
export type FieldErrors = Record<string, string>; // by JSON pointer, "/name"

const SHAPES: Record<string, RegExp> = {
  email: /^[^\s@]+@[^\s@]+$/,
  uuid: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
};

export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true; // Python's dialect: the server decides
  }
}

function checkText(schema: JsonSchema, text: string): string | undefined {
  const { minLength = 0, maxLength = Infinity, pattern, format = '' } = schema;
  if (text.length < minLength) return t('form.too_short', { n: minLength });
  if (text.length > maxLength) return t('form.too_long', { n: maxLength });
  if (pattern !== undefined && !matches(pattern, text)) return pattern.startsWith('^[a-z0-9]') ? t('form.slug') : t('form.pattern');
  if (SHAPES[format]?.test(text) === false) return format === 'email' ? t('form.email') : format === 'uri' ? t('form.uri') : t('form.format');
  return undefined;
}

function checkNumber(schema: JsonSchema, value: number): string | undefined {
  if (Number.isNaN(value)) return t('form.number');
  if (schema.type === 'integer' && !Number.isInteger(value)) return t('form.integer');
  if (schema.minimum !== undefined && value < schema.minimum) return t('form.minimum', { n: schema.minimum });
  if (schema.maximum !== undefined && value > schema.maximum) return t('form.maximum', { n: schema.maximum });
  return undefined;
}

function checkField(schema: JsonSchema, value: unknown, required: boolean): string | undefined {
  if (isEmpty(value)) return required && schema.type !== 'array' && schema.type !== 'boolean' ? t('form.required') : undefined;
  if (typeof value === 'string') return checkText(schema, value);
  if (typeof value === 'number') return checkNumber(schema, value);
  return undefined;
}

/** Whether a field may not be left empty: it is required, or it had a value that has a least length. */
export function isNeeded(schema: JsonSchema, name: string, before: Values = {}): boolean {
  if (schema.required?.includes(name)) return true;
  return (schema.properties?.[name]?.minLength ?? 0) > 0 && !isEmpty(before[name]);
}

/** Whether a field is asked for now: the fields beside it have the values its `showIf` names. */
export function isShown(field: JsonSchema, values: Values): boolean {
  return Object.entries(field['x-ui']?.showIf ?? {}).every(([name, wanted]) => (Array.isArray(wanted) ? wanted.includes(values[name]) : values[name] === wanted));
}

/** Return what is wrong, by pointer; an empty record when all is well. */
export function validate(schema: JsonSchema, values: Values, before: Values = {}, at = ''): FieldErrors {
  const errors: FieldErrors = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const pointer = `${at}/${name}`;
    const value = values[name];
    if (!isShown(field, values)) continue;
    if (field.type === 'object') {
      Object.assign(errors, validate(field, isValues(value) ? value : {}, {}, pointer));
      continue;
    }
    const wrong = checkField(field, value, isNeeded(schema, name, before));
    if (wrong !== undefined) errors[pointer] = wrong;
  }
  return errors;
}

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a form starts with: the given values, else the schema's defaults. */
export function initialValues(schema: JsonSchema, given: Values = {}): Values {
  const entries = Object.entries(schema.properties ?? {}).map(([name, field]): [string, unknown] => {
    const value = given[name] ?? field.default;
    if (field.type === 'object') return [name, isFree(field) ? (value ?? {}) : initialValues(field, isValues(value) ? value : {})];
    return [name, value ?? (field.type === 'boolean' ? false : undefined)];
  });
  return Object.fromEntries(entries);
}

/** An object whose names the person chooses. */
export function isFree(schema: JsonSchema): boolean {
  return Boolean(schema.additionalProperties) && Object.keys(schema.properties ?? {}).length === 0;
}

/** How "nothing" is said: an empty text or list where the field allows one, else null. */
function cleared(field: JsonSchema): unknown {
  if (field.type === 'array') return [];
  return field.type === 'string' && field.enum === undefined && field.format === undefined ? '' : null;
}

/** What is sent: empty fields are left out, or sent as null where there was a value before. */
export function outgoing(schema: JsonSchema, values: Values, before: Values = {}): Values {
  const sent: Values = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    if (field.readOnly || !isShown(field, values)) continue;
    const value = values[name];
    if (isValues(value) && field.type === 'object') sent[name] = isFree(field) ? value : outgoing(field, value);
    else if (!isEmpty(value)) sent[name] = value;
    else if (!isEmpty(before[name])) sent[name] = cleared(field);
  }
  return sent;
}
