/** Ranges of time in the address: relative ones as `from=now-24h`, fixed ones as `since` and `until`. */
export const RANGES = ['1h', '24h', '7d', '30d'] as const;
export type Range = (typeof RANGES)[number] | 'any' | 'custom';
type Query = Readonly<Record<string, string>>;

const HOURS: Record<string, number> = { h: 1, d: 24 };
const MINUTE_MS = 60_000;

/** Which choice the address means. */
export function rangeOf(query: Query): Range {
  const relative = RANGES.find((range) => query['from'] === `now-${range}`);
  if (relative) return relative;
  return query['since'] || query['until'] || query['from'] === 'custom' ? 'custom' : 'any';
}

/** The moments to ask for. A relative one is rounded to the minute, so that one list has one key. */
export function momentsOf(query: Query, now: number): { since?: string; until?: string } {
  const [, amount, unit] = /^now-(\d+)([hd])$/.exec(query['from'] ?? '') ?? [];
  if (amount !== undefined && unit !== undefined) {
    const start = now - Number(amount) * (HOURS[unit] ?? 1) * 60 * MINUTE_MS;
    return { since: new Date(Math.floor(start / MINUTE_MS) * MINUTE_MS).toISOString() };
  }
  return {
    ...(query['since'] ? { since: query['since'] } : {}),
    ...(query['until'] ? { until: query['until'] } : {}),
  };
}

/** A moment as the browser's own date field wants it: local, without a zone. */
export function toField(iso: string | undefined): string {
  if (!iso || Number.isNaN(Date.parse(iso))) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * MINUTE_MS).toISOString().slice(0, 16);
}

export function fromField(local: string): string {
  return local === '' ? '' : new Date(local).toISOString();
}

/** The first moment of a local day, and that after its last; a day is written 2026-03-01. */
export function dayOf(text: string | undefined): { start: string; end: string } | undefined {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '') ?? [];
  if (year === undefined) return undefined;
  const start = new Date(Number(year), Number(month) - 1, Number(day));
  const end = new Date(Number(year), Number(month) - 1, Number(day) + 1);
  return Number.isNaN(start.getTime()) ? undefined : { start: start.toISOString(), end: end.toISOString() };
}
