/** Puts what the server refused beside the field it is about. */
import { isProblem } from '@/api/problem';
import type { JsonSchema } from '@/sdk/types';
import { problemWords } from '@/ui/problem-words';
import type { FieldErrors, Values } from './schema-validate';

export type Placed = { fields: FieldErrors; rest: string[] };

function isField(schema: JsonSchema, pointer: string): boolean {
  const [head = '', ...tail] = pointer.split('/').slice(1);
  const field = schema.properties?.[head];
  if (field === undefined) return false;
  return tail.length === 0 || field.type !== 'object' || isField(field, `/${tail.join('/')}`);
}

/** An array's item or an unknown depth counts for the field that holds it. */
function nearest(schema: JsonSchema, pointer: string): string {
  const parts = pointer.split('/');
  const field = schema.properties?.[parts[1] ?? ''];
  return field?.type === 'object' ? pointer : parts.slice(0, 2).join('/');
}

/** Members every problem has; a field of the same name is not meant by them. */
const STANDARD = ['type', 'title', 'status', 'detail', 'code', 'instance', 'request_id', 'errors'];

/** A conflict that names a field and the value sent in it is about that field: `{"slug": "taken-one"}`. */
function clashingField(error: unknown, schema: JsonSchema, sent: Values): string | undefined {
  if (!isProblem(error) || error.status !== 409) return undefined;
  const { problem } = error;
  return Object.keys(schema.properties ?? {}).find((name) => !STANDARD.includes(name) && problem[name] !== undefined && problem[name] === sent[name]);
}

/** *prefix* is where the form's object sits in the body that was sent, such as "/values". */
export function placeErrors(error: unknown, schema: JsonSchema, { prefix = '', sent = {} }: { prefix?: string; sent?: Values } = {}): Placed {
  const placed: Placed = { fields: {}, rest: [] };
  const clash = clashingField(error, schema, sent);
  if (clash !== undefined) placed.fields[`/${clash}`] = problemWords(error).body;
  for (const { pointer, detail } of isProblem(error) ? (error.problem.errors ?? []) : []) {
    const local = prefix !== '' && pointer.startsWith(`${prefix}/`) ? pointer.slice(prefix.length) : pointer;
    if (isField(schema, local)) placed.fields[nearest(schema, local)] = detail;
    else placed.rest.push(pointer === '' ? detail : `${pointer.replace(/^\//, '')}: ${detail}`);
  }
  return placed;
}
