/** What of a detail tells a change: a value before and after, whichever way the plugin writes it. */
export type Change = { field: string; before: unknown; after: unknown };
type Detail = Record<string, unknown>;

function isRecord(value: unknown): value is Detail {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPair(value: unknown): value is { before: unknown; after: unknown } {
  return isRecord(value) && Object.keys(value).length === 2 && 'before' in value && 'after' in value;
}

/** The changes in a detail, and what is left of it. */
export function changesOf(detail: Detail): { changes: Change[]; rest: Detail } {
  if ('before' in detail && 'after' in detail) {
    const { before, after, ...rest } = detail;
    if (!isRecord(before) || !isRecord(after)) return { changes: [{ field: '', before, after }], rest };
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return { changes: fields.map((field) => ({ field, before: before[field], after: after[field] })), rest };
  }
  const changes: Change[] = [];
  const rest: Detail = {};
  for (const [name, value] of Object.entries(detail)) {
    if (isPair(value)) changes.push({ field: name, ...value });
    else if (isRecord(value) && Object.keys(value).length > 0 && Object.values(value).every(isPair)) {
      for (const [field, pair] of Object.entries(value)) if (isPair(pair)) changes.push({ field, ...pair });
    } else rest[name] = value;
  }
  return { changes, rest };
}

/** A value of a detail as text; the server has already hidden what is secret. */
export function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one !== 'object')) return value.join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
