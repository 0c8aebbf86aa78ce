/** A span of time as two moments, in the person's own clock; the address and the server have UTC. */
import { t } from '@/i18n/t';
import { TextInput } from '@/ui/controls';

type DateRangeProps = { label: string; from: string; to: string; onChange: (from: string, to: string) => void };

/** "2026-01-31T09:00:00.000Z" as the native control has it, in local time. */
export function toLocal(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return '';
  const here = new Date(time - new Date(time).getTimezoneOffset() * 60_000);
  return here.toISOString().slice(0, 16);
}

export function toIso(local: string): string {
  const time = Date.parse(local);
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}

export function DateRange({ label, from, to, onChange }: DateRangeProps) {
  return (
    <span className="f-range" role="group" aria-label={label}>
      <span className="f-meta" aria-hidden="true">{label}</span>
      <TextInput type="datetime-local" aria-label={t('filter.from', { what: label })} value={toLocal(from)} max={toLocal(to) || undefined} onChange={(event) => onChange(toIso(event.target.value), to)} />
      <span className="f-meta" aria-hidden="true">–</span>
      <TextInput type="datetime-local" aria-label={t('filter.to', { what: label })} value={toLocal(to)} min={toLocal(from) || undefined} onChange={(event) => onChange(from, toIso(event.target.value))} />
    </span>
  );
}
