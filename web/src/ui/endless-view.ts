/** Which rows of an endless list are drawn, in which of a few slots, and where each of them stands. */
import { createStore } from './store';

const NEAR = 324; // pixels beyond each edge: what is scrolled to before the next frame is there already
const LEAP = 72; // of somebody who leaps: what is beyond is passed before it is seen
const END = 600;
const ABOVE = 200; // at least so much of a page stands above a list, so fewer rows are drawn at first
const USUAL = 36;

type Seen = { first: number; last: number; nearEnd: boolean };

/** What each slot shows when rows *from* to *to* are wanted: who is there stays, the others come where nobody needs to be. */
export function assign(slots: readonly number[], from: number, to: number, kept: number): number[] {
  const there = new Set(slots);
  const missing = Array.from({ length: to - from + 1 }, (_, n) => from + n).filter((at) => !there.has(at));
  const filled = slots.map((at) => ((at >= from && at <= to) || at === kept ? at : (missing.shift() ?? at)));
  return [...filled, ...missing];
}

const same = (a: readonly number[], b: readonly number[]) => a.length === b.length && a.every((at, slot) => at === b[slot]);

/** Every row is as tall as any other; what is opened below one is known by its height. *height* is the window's. */
export function createEndlessView(height = 900) {
  const slots = createStore<readonly number[]>(Array.from({ length: Math.ceil((height - ABOVE) / USUAL) }, (_, at) => at));
  const below = new Map<number, number>();
  let row = USUAL;
  let top = 0;

  /** How far below the head row *at* begins; that of the count is where all end. */
  function offset(at: number): number {
    let edge = at * row;
    for (const [above, height] of below) if (above < at) edge += height;
    return edge;
  }

  /** The row that stands at *edge*, or above what does. */
  function rowAt(edge: number): number {
    let passed = 0;
    for (const [at, height] of [...below].toSorted(([a], [b]) => a - b)) {
      const opened = (at + 1) * row + passed;
      if (edge < opened) break;
      if (edge < opened + height) return at;
      passed += height;
    }
    return Math.floor((edge - passed) / row);
  }

  /** Draw what a window of *height* shows whose edge is *above* the first row's; *kept* stays, wherever it is. */
  function look(above: number, height: number, count: number, { kept = -1, scrolls = false } = {}): Seen {
    const moved = scrolls ? above - top : 0;
    top = above;
    const room = Math.abs(moved) > height ? LEAP : NEAR;
    const ahead = room === NEAR ? Math.min(Math.abs(moved), NEAR) : 0;
    const clamp = (at: number) => Math.max(0, Math.min(count - 1, at));
    const from = clamp(rowAt(above - room - (moved < 0 ? ahead : 0)));
    const to = clamp(rowAt(above + height + room + (moved > 0 ? ahead : 0)));
    const next = assign(slots.value.filter((at) => at < count), from, to, kept);
    if (!same(next, slots.value)) slots.set(next);
    const last = clamp(rowAt(above + height));
    return { first: Math.min(clamp(rowAt(above)), last) + 1, last: last + 1, nearEnd: offset(count) <= above + height + END + 5 * Math.abs(moved) };
  }

  return {
    slots,
    below,
    offset,
    look,
    /** True when the rows have another height than was known. */
    measured(height: number): boolean {
      if (height === 0 || Math.abs(height - row) < 0.5) return false;
      row = height;
      return true;
    },
  };
}
export type EndlessView = ReturnType<typeof createEndlessView>;
