/** Which rows of a long table are near the window, and how much room the others take. */
import { createStore } from './store';

/** Rows are drawn and taken away in parts of this many. */
export const PART = 10;
const NEAR = 600; // pixels beyond each edge: what is scrolled to in one frame is there already
const USUAL = 36;

export type Part = { kind: 'rows' | 'gap'; at: number; height: number };
type Seen = { first: number; last: number; nearEnd: boolean };

/** All parts of *count* rows: those from *from* to *to* and the one at *kept* as rows, the others as gaps. */
export function partsOf(count: number, heightOf: (part: number) => number, from: number, to: number, kept: number): Part[] {
  const parts: Part[] = [];
  for (let at = 0; at * PART < count; at += 1) {
    const height = heightOf(at);
    const last = parts.at(-1);
    if ((at >= from && at <= to) || at === kept) parts.push({ kind: 'rows', at, height });
    else if (last?.kind === 'gap') last.height += height;
    else parts.push({ kind: 'gap', at, height });
  }
  return parts;
}

const same = (a: Part[], b: Part[]) => a.length === b.length && a.every((part, n) => part.at === b[n]?.at && part.kind === b[n].kind && Math.abs(part.height - b[n].height) < 1);

/** Looks where the table stands, whatever scrolls it; what was measured of a part is remembered. */
export function createView() {
  const parts = createStore<Part[]>(Array.from({ length: 6 }, (_, at) => ({ kind: 'rows', at, height: USUAL * PART })));
  const heights = new Map<number, number>();
  let row = USUAL;

  function measure(bodies: HTMLElement[], count: number): void {
    const measured = bodies.map((body) => ({ at: Number(body.dataset['part']), height: body.getBoundingClientRect().height })).filter(({ height }) => height > 0);
    const rows = measured.map(({ at, height }) => height / Math.min(PART, count - at * PART));
    const least = Math.min(...rows);
    if (rows.length > 0 && Math.abs(least - row) > 0.5) {
      row = least; // the density was changed: what was measured before is nothing any more
      heights.clear();
    }
    for (const { at, height } of measured) heights.set(at, height);
  }

  function look(table: HTMLTableElement, count: number): Seen {
    const bodies = [...table.querySelectorAll<HTMLElement>('tbody[data-part]')];
    measure(bodies, count);
    const heightOf = (part: number) => heights.get(part) ?? Math.min(PART, count - part * PART) * row;
    const top = -(table.tHead?.getBoundingClientRect().bottom ?? 0);
    const bottom = top + window.innerHeight;
    const found = { from: -1, to: 0, first: -1, last: 0 };
    let edge = 0;
    for (let at = 0; at * PART < count; at += 1) {
      const below = edge + heightOf(at);
      if (below >= top - NEAR && edge <= bottom + NEAR) {
        if (found.from < 0) found.from = at;
        found.to = at;
      }
      if (below > top && edge < bottom) {
        if (found.first < 0) found.first = at * PART + Math.max(0, Math.floor((top - edge) / row));
        found.last = Math.min(count, at * PART + Math.ceil((bottom - edge) / row), (at + 1) * PART);
      }
      edge = below;
    }
    // Whoever is in a row with the keyboard stays there, however far away it is.
    const kept = bodies.find((body) => body.contains(document.activeElement))?.dataset['part'];
    const next = partsOf(count, heightOf, found.from, found.to, Number(kept ?? -1));
    if (!same(next, parts.value)) parts.set(next);
    return { first: Math.max(0, found.first) + 1, last: found.last, nearEnd: edge <= bottom + NEAR };
  }

  return { parts, look };
}
