/** Rows as comma-separated values (RFC 4180), safe to open in a spreadsheet. */
import type { Column } from '@/sdk/types';
import { type Row, humanise, readField, textOf } from './row';

/** A cell that a spreadsheet would take for a formula is made text (OWASP: CSV injection). */
function cell(value: unknown): string {
  const text = textOf(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toCsv(columns: readonly Column[], rows: readonly Row[]): string {
  const head = columns.map((column) => cell(column.label || humanise(column.field))).join(',');
  const lines = rows.map((row) => columns.map((column) => cell(readField(row, column.field))).join(','));
  return `${[head, ...lines].join('\r\n')}\r\n`;
}
