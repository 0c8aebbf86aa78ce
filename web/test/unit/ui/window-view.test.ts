/** What of a long table is drawn, and how much room the rest takes. */
import { expect, test } from 'vitest';

import { PART, createView, partsOf } from '@/ui/window-view';

test('what is near is drawn, the rest is one gap on each side of it', () => {
  const parts = partsOf(95 * PART + 3, () => 360, 40, 42, -1);
  expect(parts.map(({ kind, at }) => `${kind} ${at}`)).toEqual(['gap 0', 'rows 40', 'rows 41', 'rows 42', 'gap 43']);
  expect(parts.map(({ height }) => height)).toEqual([40 * 360, 360, 360, 360, 53 * 360]);
});

test('the part in which one is with the keyboard is drawn, however far away', () => {
  const parts = partsOf(20 * PART, () => 360, 15, 16, 2);
  expect(parts.map(({ kind, at }) => `${kind} ${at}`)).toEqual(['gap 0', 'rows 2', 'gap 3', 'rows 15', 'rows 16', 'gap 17']);
});

/** A table whose head ends *above* the window's top edge, with parts as tall as they say. */
function tableAt(above: number, heights: Record<number, number> = {}) {
  const table = document.createElement('table');
  const head = table.createTHead();
  const height = (element: Element, top: number, tall: number) => Object.assign(element, { getBoundingClientRect: () => new DOMRect(0, top, 100, tall) });
  height(head, -above - 32, 32);
  for (const [part, tall] of Object.entries(heights)) {
    const body = table.createTBody();
    body.dataset['part'] = part;
    height(body, 0, tall);
  }
  return table;
}

test('one hundred thousand rows are a few parts, wherever one looks', () => {
  const view = createView();
  const seen = view.look(tableAt(1_800_000), 100_000);
  const drawn = view.parts.value.filter(({ kind }) => kind === 'rows');
  expect(drawn.length).toBeLessThan(12);
  expect(seen.first).toBe(50_001);
  const room = view.parts.value.reduce((sum, { height }) => sum + height, 0);
  expect(room).toBe(3_600_000);
});

test('rows of another height are learned from what is drawn, and an opened row makes only its part taller', () => {
  const view = createView();
  view.look(tableAt(0, { 0: 300, 1: 300, 2: 520 }), 1000);
  const room = view.parts.value.reduce((sum, { height }) => sum + height, 0);
  expect(room).toBe(99 * 300 + 520);
});
