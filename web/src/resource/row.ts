/** Rows of a resource are data the shell knows only by field name. */
export type Row = Record<string, unknown>;

/** Read a field, also a nested one: "owner.name". */
export function readField(row: Row, field: string): unknown {
  return field.split('.').reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null && part in value ? Reflect.get(value, part) : undefined),
    row,
  );
}

export function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string': return value;
    case 'number':
    case 'boolean': return String(value);
    case 'object': return value === null ? '' : JSON.stringify(value);
    default: return '';
  }
}

/** Fill `{field}` of a path from a row; each value stays one segment. */
export function fillPath(path: string, row: Row): string {
  return path.replace(/\{([\w.]+)\}/g, (_whole, field: string) => encodeURIComponent(textOf(readField(row, field))));
}

/** "role_source" becomes "Role source": for a field nobody gave a label. */
export function humanise(field: string): string {
  const words = field.replace(/[_.-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
