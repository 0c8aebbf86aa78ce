/** Dates, numbers and sizes as the person reads them. */
import type { Formats } from '@/sdk/types';

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000], ['month', 2_592_000], ['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1],
];
const SIZES = ['B', 'KB', 'MB', 'GB', 'TB'];

export function createFormats(locale: string, timeZone: string, now: () => number = Date.now): Formats {
  const dateTime = new Intl.DateTimeFormat(locale, {
    year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
    timeZone, timeZoneName: 'short',
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
  const number = new Intl.NumberFormat(locale);
  return {
    dateTime: (iso) => dateTime.format(new Date(iso)),
    relative(iso) {
      const seconds = (Date.parse(iso) - now()) / 1000;
      if (Math.abs(seconds) < 10) return 'just now';
      const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
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
      const step = Math.min(SIZES.length - 1, n < 1 ? 0 : Math.floor(Math.log10(n) / 3));
      return `${number.format(Math.round((n / 1000 ** step) * 10) / 10)} ${SIZES[step] ?? 'B'}`;
    },
  };
}

/** Locale and zone of the browser, until the person has a say in them. */
export function browserFormats(): Formats {
  return createFormats(navigator.language || 'en', Intl.DateTimeFormat().resolvedOptions().timeZone);
}
