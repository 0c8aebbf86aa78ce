/** A day as a chart names it: "25 Nov"; what is no day of the calendar stays as it is. */
export function shortDay(locale: string, day: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return day;
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
}
