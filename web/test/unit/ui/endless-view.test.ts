/** Which rows of an endless list are drawn, in which slots, and where they stand. */
import { expect, test } from 'vitest';

import { assign, createEndlessView } from '@/ui/endless-view';

test('rows that are there keep their slots; those that come take the slots of those that left', () => {
  expect(assign([0, 1, 2, 3], 2, 5, -1)).toEqual([4, 5, 2, 3]);
  expect(assign([4, 5, 2, 3], 1, 4, -1)).toEqual([4, 1, 2, 3]);
});

test('more rows than slots make more slots, and the row one is in with the keyboard keeps its own', () => {
  expect(assign([0, 1], 0, 3, -1)).toEqual([0, 1, 2, 3]);
  expect(assign([0, 1, 2], 50, 52, 1)).toEqual([50, 1, 51, 52]);
});

test('of one hundred thousand rows only those near the window are drawn, wherever one looks', () => {
  const view = createEndlessView();
  const seen = view.look(1_800_000, 900, 100_000);
  expect(seen).toEqual({ first: 50_001, last: 50_026, nearEnd: false });
  expect(view.slots.value.length).toBeLessThan(50);
  expect(view.offset(100_000)).toBe(3_600_000);
});

test('whoever leaps needs no rows beyond the edges, and whoever goes on needs those ahead', () => {
  const view = createEndlessView();
  const near = (above: number) => {
    view.look(above, 900, 100_000, { scrolls: true });
    const wanted = view.slots.value.filter((at) => Math.abs(at * 36 - above - 450) < 1500);
    return [Math.min(...wanted) * 36 - above, Math.max(...wanted) * 36 - above - 900];
  };
  near(90_000);
  expect(near(360_000)).toEqual([-72, 72]);
  const [, ahead = 0] = near(360_360);
  expect(ahead).toBe(648);
});

test('what is opened below a row moves the rows after it, and only those', () => {
  const view = createEndlessView();
  view.below.set(10, 500);
  expect([view.offset(10), view.offset(11)]).toEqual([360, 396 + 500]);
  expect(view.look(396 + 500, 360, 1000).first).toBe(12);
  expect(view.look(396 + 100, 36, 1000).first).toBe(11); // one looks at what is opened
});

test('a list that became shorter shows no row that is gone', () => {
  const view = createEndlessView();
  view.look(90_000, 900, 5000);
  view.look(0, 900, 40);
  expect(Math.max(...view.slots.value)).toBeLessThan(40);
});
