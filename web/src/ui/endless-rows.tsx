/** The rows of a list without end: a few that stay, filled with what comes into view and moved there. */
import '@/styles/window.css';

import { type ReactNode, type RefObject, memo, useEffect, useLayoutEffect, useRef, useState } from 'react';

import { createDrawing } from './endless-body';
import { useStore } from './store';
import { useWhole } from './use-whole';
import type { LongRowsProps } from './window-rows';

const REST_MS = 120; // after the last scrolling

type Drawing = ReturnType<typeof createDrawing>;
type Latest = RefObject<Pick<LongRowsProps<unknown>, 'rows' | 'hasMore' | 'onPlace' | 'onEnd'>>;
type SlotProps<T> = { row: T | undefined; at: number; draw: LongRowsProps<T>['draw'] };

/** A slot is one row of the document for good: React changes what differs in it. */
function AnySlot<T>({ row, at, draw }: SlotProps<T>): ReactNode {
  return row === undefined ? null : draw(row, at, 'slot');
}
const Slot = memo(AnySlot) as typeof AnySlot; // memo forgets what the rows are

/** Looks again when anything scrolls, and puts the rows in their order when it rests. */
function useScrolling(drawing: Drawing, latest: Latest, isWhole: boolean): void {
  useEffect(() => {
    if (isWhole) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const handleRest = () => {
      drawing.look(latest.current, 'rest');
      drawing.order();
    };
    const handleScroll = () => {
      drawing.look(latest.current, 'move');
      clearTimeout(timer);
      timer = setTimeout(handleRest, REST_MS);
    };
    // Caught on the way down, so that it does not matter which element scrolls.
    window.addEventListener('scroll', handleScroll, { passive: true, capture: true });
    window.addEventListener('resize', handleRest);
    const release = drawing.watch(() => latest.current);
    return () => {
      window.removeEventListener('scroll', handleScroll, { capture: true });
      window.removeEventListener('resize', handleRest);
      clearTimeout(timer);
      release();
    };
  }, [drawing, latest, isWhole]);
}

export function EndlessRows<T>({ table, rows, draw, hasMore, onPlace, onEnd }: LongRowsProps<T>) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [drawing] = useState(createDrawing);
  const slots = useStore(drawing.view.slots);
  const isWhole = useWhole(rows.length);
  const latest = useRef({ rows, hasMore, onPlace, onEnd });
  useLayoutEffect(() => {
    const around = body.current?.closest('table') ?? table.current; // when both are new, React knows the outer one last
    drawing.attach(around, body.current);
    latest.current = { rows, hasMore, onPlace, onEnd };
    around?.toggleAttribute('data-flat', !isWhole);
  });
  useLayoutEffect(() => drawing.learn(), [drawing, draw, isWhole]); // what is opened below a row comes and goes with how rows are drawn
  useLayoutEffect(() => drawing.place(rows.length));
  useScrolling(drawing, latest, isWhole);
  useLayoutEffect(() => {
    if (!isWhole) drawing.look(latest.current, 'grown');
  }, [drawing, rows.length, onEnd, isWhole]);
  if (isWhole) return <tbody>{rows.map((row, at) => draw(row, at))}</tbody>;
  return <tbody ref={body}>{slots.map((at, slot) => <Slot key={slot} row={rows[at]} at={at} draw={draw} />)}</tbody>;
}
