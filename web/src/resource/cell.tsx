/** One value in the format its column asks for. */
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import type { Column, Filter, Format } from '@/sdk/types';
import { Badge } from '@/ui/badge';
import { CopyButton } from '@/ui/copy-button';
import { useHost } from '@/ui/host-context';
import { Time } from '@/ui/time';
import { type Row, fillPath, humanise, readField, textOf } from './row';

/** A list that is filtered by a field has words for its values: a badge says the same. */
type CellProps = { column: Column; row: Row; filters?: Filter[] | undefined };
type FormattedProps = { value: unknown; format: Format; word: string | undefined };

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

export function isNumeric(format: Format | undefined): boolean {
  return format === 'money' || format === 'number' || format === 'bytes' || format === 'percent' || format === 'duration';
}

/** A part of a value that is an object; empty when it is none. */
function partOf(value: unknown, part: string): string {
  return typeof value === 'object' && value !== null ? textOf(Reflect.get(value, part)) : '';
}

function Formatted({ value, format, word }: FormattedProps) {
  const { fmt } = useHost();
  const text = textOf(value);
  if (text === '') return <span className="f-none" aria-label={t('none')}>–</span>;
  if (typeof format === 'object') return <Badge tone={format.badge[text] ?? 'neutral'}>{said(word ?? humanise(text))}</Badge>;
  switch (format) {
    case 'text': return <span className="f-clip" title={text}>{text}</span>;
    case 'code': return <code className="f-code">{text}</code>;
    case 'datetime': return <Time iso={text} />;
    case 'boolean': return <>{value === true ? t('yes') : t('no')}</>;
    case 'json': return <pre className="f-pre">{JSON.stringify(value, null, 2)}</pre>;
    case 'number': return <span className="f-num">{fmt.number(Number(value))}</span>;
    case 'bytes': return <span className="f-num">{fmt.bytes(Number(value))}</span>;
    case 'percent': return <span className="f-num">{fmt.number(Math.round(Number(value) * 1000) / 10)} %</span>;
    case 'money': return <span className="f-num">{fmt.money(partOf(value, 'amount'), partOf(value, 'currency'))}</span>;
    case 'user': return <span className="f-clip" title={partOf(value, 'id') || text}>{partOf(value, 'name') || text}</span>;
    case 'duration': return <span className="f-num">{duration(Number(value))}</span>;
    default: {
      const missing: never = format;
      return <>{missing}</>;
    }
  }
}

export function Cell({ column, row, filters }: CellProps) {
  const value = readField(row, column.field);
  const text = textOf(value);
  const word = filters?.find((one) => one.field === column.field)?.options?.find((one) => one.value === text)?.label;
  const shown = <Formatted value={value} format={column.format ?? 'text'} word={word} />;
  return (
    <>
      {column.link !== undefined && text !== '' ? <a className="f-link" href={fillPath(column.link, row)}>{shown}</a> : shown}
      {column.copy && text !== '' && <CopyButton text={text} what={column.label || humanise(column.field)} />}
    </>
  );
}
