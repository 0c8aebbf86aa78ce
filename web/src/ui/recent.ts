/** What was opened last in this tab, for the palette. It is in memory alone: names are nobody else's business. */
export type Recent = { title: string; href: string };

const MOST = 8;
let items: readonly Recent[] = [];

export function recentItems(): readonly Recent[] {
  return items;
}

export function rememberRecent(item: Recent): void {
  items = [item, ...items.filter((one) => one.href !== item.href)].slice(0, MOST);
}
