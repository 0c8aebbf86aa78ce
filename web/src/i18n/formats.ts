/** Dates, numbers and sizes as the person reads them. */
import type { Env, Formats, Store } from '@/sdk/types';
import { t } from './t';

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1],
];
const SIZES = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

type Dates = Env['dates'];

/** Dates as the language writes them, or as ISO 8601 has them, which sorts and is read alike everywhere. */
function dateTimes(locale: string, timeZone: string, dates: Dates): (iso: string) => string {
  const parts = { year: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone, timeZoneName: 'short' } as const;
  if (dates === 'iso') {
    const format = new Intl.DateTimeFormat('sv', { ...parts, month: '2-digit', day: '2-digit' }); // Swedish writes 2026-01-31 09:00:00
    return (iso) => format.format(new Date(iso));
  }
  const format = new Intl.DateTimeFormat(locale, { ...parts, month: 'short' });
  return (iso) => format.format(new Date(iso));
}

export function createFormats(locale: string, timeZone: string, { now = Date.now, dates = 'locale' }: { now?: () => number; dates?: Dates } = {}): Formats {
  const dateTime = dateTimes(locale, timeZone, dates);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  const long = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const number = new Intl.NumberFormat(locale);
  return {
    dateTime,
    relative(iso) {
      const seconds = (Date.parse(iso) - now()) / 1000;
      if (Math.abs(seconds) < 10) return t('time.now');
      const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
      if (unit === 'month') return long.format(Math.trunc(seconds / size), unit); // French shortens it to "m.", which is no month to anybody
      return relative.format(Math.trunc(seconds / size), unit).replace('.', ''); // "3 min ago", not "3 min. ago"
    },
    number: (n) => number.format(n),
    money(amount, currency) {
      try {
        return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(amount));
      } catch {
        return `${amount} ${currency}`; // no currency that Intl knows
      }
    },
    bytes(n) {
      const step = Math.min(SIZES.length, n < 1 ? 0 : Math.floor(Math.log10(n) / 3));
      const unit = SIZES[step - 1];
      if (unit === undefined) return t('size.bytes', { n });
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(n / 1000 ** step);
    },
  };
}

/** Formats that follow what the person chooses, without anybody asking for them anew. */
export function formatsOf(env: Store<Env>): Formats {
  let seen: Env | undefined;
  let formats: Formats | undefined;
  const now = (): Formats => {
    const { value } = env;
    if (formats === undefined || seen?.locale !== value.locale || seen.timeZone !== value.timeZone || seen.dates !== value.dates) {
      formats = createFormats(value.locale, value.timeZone, { dates: value.dates });
    }
    seen = value;
    return formats;
  };
  return {
    dateTime: (iso) => now().dateTime(iso),
    relative: (iso) => now().relative(iso),
    number: (n) => now().number(n),
    bytes: (n) => now().bytes(n),
    money: (amount, currency) => now().money(amount, currency),
  };
}
