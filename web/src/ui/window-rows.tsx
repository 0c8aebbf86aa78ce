/** The rows of a long table: those near the window are drawn, the others are room of the same height. */
import '@/styles/window.css';

import { type ReactNode, type RefObject, memo, useEffect, useLayoutEffect, useRef, useState } from 'react';

import { t } from '@/i18n/t';
import { useStore } from './store';
import { useWhole } from './use-whole';
import { PART, createView } from './window-view';

export type LongRowsProps<T> = {
  table: RefObject<HTMLTableElement | null>;
  /** Told in words which rows one sees. */
  onPlace: (words: string) => void;
  rows: T[];
  columns: number;
  /** Rows are drawn again when this changes, not when others are added. */
  draw: (row: T, index: number, key?: string) => ReactNode;
  /** Whether there are more than *count*. */
  hasMore: boolean;
  /** Called when the end of what is known comes near. */
  onEnd: (() => void) | undefined;
};
type RowsProps<T> = Pick<LongRowsProps<T>, 'rows' | 'draw'> & { at: number };

function sameRows<T>(before: RowsProps<T>, after: RowsProps<T>): boolean {
  if (before.draw !== after.draw || before.at !== after.at) return false;
  const [old, now] = [before, after].map(({ rows, at }) => rows.slice(at * PART, (at + 1) * PART));
  return old?.length === now?.length && old?.every((row, n) => row === now?.[n]) === true;
}

function AllRows<T>({ at, rows, draw }: RowsProps<T>) {
  return <tbody data-part={at}>{rows.slice(at * PART, (at + 1) * PART).map((row, n) => draw(row, at * PART + n))}</tbody>;
}
const Rows = memo(AllRows, sameRows) as typeof AllRows; // memo forgets what the rows are

export function WindowRows<T>({ table, rows, columns, draw, hasMore, onPlace, onEnd }: LongRowsProps<T>) {
  const count = rows.length;
  const [view] = useState(createView);
  const parts = useStore(view.parts);
  const isWhole = useWhole(count);
  const asked = useRef(0);
  const handleLook = () => {
    if (table.current === null || isWhole) return;
    const { first, last, nearEnd } = view.look(table.current, count);
    onPlace(t(hasMore ? 'table.place.more' : 'table.place', { from: first, to: last, n: count }));
    if (!nearEnd || onEnd === undefined || asked.current === count) return;
    asked.current = count; // once for each page: a failed one has its button
    onEnd();
  };
  useLayoutEffect(handleLook); // before anybody sees it
  useEffect(() => {
    handleLook();
    // Caught on the way down, so that it does not matter which element scrolls.
    window.addEventListener('scroll', handleLook, { passive: true, capture: true });
    window.addEventListener('resize', handleLook);
    return () => {
      window.removeEventListener('scroll', handleLook, { capture: true });
      window.removeEventListener('resize', handleLook);
    };
  });
  if (isWhole) return Array.from({ length: Math.ceil(count / PART) }, (_, at) => <Rows key={at} at={at} rows={rows} draw={draw} />);
  return parts.map(({ kind, at, height }) => (kind === 'rows'
    ? <Rows key={`rows-${at}`} at={at} rows={rows} draw={draw} />
    : <tbody key={`gap-${at}`} aria-hidden="true"><tr className="f-gap"><td colSpan={columns}><svg width={1} height={height} /></td></tr></tbody>));
}
