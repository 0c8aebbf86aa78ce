/** A page's stylesheets, each time it comes and goes. */
import { expect, test } from 'vitest';

import { addStyles } from '@/plugin/styles';

/** A document that nobody looks at loads nothing. */
function createPage() {
  const page = document.implementation.createHTMLDocument();
  return { page, links: () => [...page.head.querySelectorAll('link')] };
}
type Created = ReturnType<typeof createPage>;

/** Start adding, and let the file arrive as *sheet*, or not at all. */
async function add({ page, links }: Created, sheet: { disabled: boolean } | null): Promise<() => void> {
  const adding = addStyles(page, ['/p/main.css'], {});
  const [link] = links();
  Object.defineProperty(link, 'sheet', { value: sheet, configurable: true });
  link?.dispatchEvent(new Event(sheet === null ? 'error' : 'load'));
  return adding;
}

test('a page that comes back finds its sheet, which was switched off meanwhile', async () => {
  const sheet = { disabled: false };
  const created = createPage();
  const { page, links } = created;
  const leave = await add(created, sheet);
  leave();
  expect([links().length, sheet.disabled]).toEqual([1, true]);
  await addStyles(page, ['/p/main.css'], {}); // nothing to wait for
  expect([links().length, sheet.disabled]).toEqual([1, false]);
});

test('one that did not come is asked for again', async () => {
  const created = createPage();
  const leave = await add(created, null);
  leave();
  expect(created.links()).toEqual([]);
});
