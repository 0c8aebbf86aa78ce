/** How well what somebody typed fits an entry: its start, the start of a word, initials, or anywhere. */
export function fit(typed: string, title: string, keywords: readonly string[] = []): number {
  const wanted = plain(typed);
  if (wanted === '') return 1;
  const best = Math.max(...[title, ...keywords].map((text, index) => fitOne(wanted, plain(text)) - (index === 0 ? 0 : 0.5)));
  return Math.max(0, best);
}

function fitOne(wanted: string, text: string): number {
  if (text.startsWith(wanted)) return 4;
  const words = text.split(/[\s:·/-]+/).filter(Boolean);
  if (words.map((word) => word.charAt(0)).join('').startsWith(wanted) && words.length > 1) return 3;
  if (words.some((word) => word.startsWith(wanted))) return 3;
  if (wanted.includes(' ') && wanted.split(' ').every((part) => words.some((word) => word.startsWith(part)))) return 2;
  return text.includes(wanted) ? 1 : 0;
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').trim().toLowerCase();
}
