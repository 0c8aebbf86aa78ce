/** A table whose rows open: the name is a link, the text can be selected, only the table scrolls sideways. */
import { Fragment, type MouseEvent, type ReactNode, Suspense, lazy, useCallback, useRef } from 'react';

import { t } from '@/i18n/t';
import { Button } from './button';
import { Icon } from './icon';
import type { WindowRows as LongRows } from './window-rows'; // only the type: the code comes when a list is long

/** From so many rows on, only those near the window are drawn, by code that is loaded then. */
export const LONG = 200;
const FIRST = 30; // until that code is here
const WindowRows = lazy(async () => ({ default: (await import('./window-rows')).WindowRows })) as unknown as typeof LongRows; // lazy forgets what the rows are
const EndlessRows = lazy(async () => ({ default: (await import('./endless-rows')).EndlessRows })) as unknown as typeof LongRows;

export type TableColumn<T> = {
  key: string;
  label: string;
  render: (row: T) => ReactNode;
  align?: 'end' | undefined;
  width?: 'xs' | 's' | 'm' | 'l' | 'fill' | undefined;
  hideBelow?: 'sm' | 'md' | 'lg' | undefined;
  sort?: { direction: 'ascending' | 'descending' | 'none'; onSort: () => void } | undefined;
};
/** Of the list behind the table: whether newer rows are on their way, and how to get the next ones. */
export type TableList = { stale: boolean; hasMore: boolean; loadingMore: boolean; more: () => void; error?: Error | null };
type DataTableProps<T> = {
  label: string;
  columns: TableColumn<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  selected?: string | undefined;
  /** What is opened below a row, if anything. */
  below?: (row: T) => ReactNode;
  list?: TableList;
  /**
   * The next rows come by themselves where the list ends; nothing else should stand below it. Rows are one line tall,
   * and what is drawn for one is drawn for others while it scrolls: its cells keep no state of their own.
   */
  endless?: boolean;
};

/** A click anywhere in a row is a click on its link, unless it selects text or hits another control. */
function handleRowClick(event: MouseEvent<HTMLElement>) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest('a, button, input, select, label') || window.getSelection()?.toString()) return;
  event.currentTarget.querySelector<HTMLElement>('[data-row-link]')?.click();
}

function HeadCell<T>({ column, role }: { column: TableColumn<T>; role: string | undefined }) {
  const { sort } = column;
  return (
    <th scope="col" role={role} data-align={column.align} data-width={column.width} data-hide={column.hideBelow} aria-sort={sort?.direction}>
      {sort ? (
        <button type="button" className="f-sort" onClick={sort.onSort}>
          {column.label}
          {sort.direction !== 'none' && <Icon name={sort.direction === 'ascending' ? 'arrow-up' : 'arrow-down'} size={12} />}
        </button>
      ) : column.label}
    </th>
  );
}

export function DataTable<T>({ label, columns, rows, rowKey, selected, below, list, endless = false }: DataTableProps<T>) {
  const table = useRef<HTMLTableElement>(null);
  const place = useRef<HTMLParagraphElement>(null);
  const isLong = rows.length >= LONG || (endless && list?.hasMore === true);
  const isFlat = isLong && endless;
  const role = useCallback((name: string) => (isFlat ? name : undefined), [isFlat]); // such rows are no table for the style sheet
  const drawn = useCallback((row: T, index: number, key = rowKey(row)) => {
    const opened = below?.(row);
    return (
      <Fragment key={key}>
        {/* The keyboard's way is the link inside; the click is a convenience for the mouse. */}
        <tr role={role('row')} data-selected={selected === rowKey(row) || undefined} aria-rowindex={isLong ? index + 2 : undefined} onClick={handleRowClick}>
          {columns.map((column) => (
            <td key={column.key} role={role('cell')} data-align={column.align} data-width={column.width} data-hide={column.hideBelow}>{column.render(row)}</td>
          ))}
        </tr>
        {opened && <tr key={rowKey(row)} role={role('row')} className="f-below" data-below={index}><td role={role('cell')} colSpan={columns.length}>{opened}</td></tr>}
      </Fragment>
    );
  }, [below, columns, isLong, role, rowKey, selected]);
  const Rows = endless ? EndlessRows : WindowRows;
  const firsts = <tbody>{rows.slice(0, isLong ? FIRST : LONG).map((row, index) => drawn(row, index))}</tbody>;
  return (
    <div className="f-table-wrap" data-stale={list?.stale || undefined} aria-busy={list?.stale || undefined}>
      {/* A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable). */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="f-table-scroll" role="region" aria-label={label} tabIndex={0}>
        <table ref={table} role={role('table')} className="f-table" aria-rowcount={isLong ? (list?.hasMore ? -1 : rows.length + 1) : undefined}>
          <thead role={role('rowgroup')}>
            <tr role={role('row')} aria-rowindex={isLong ? 1 : undefined}>{columns.map((column) => <HeadCell key={column.key} role={role('columnheader')} column={column} />)}</tr>
          </thead>
          {isLong
            ? (
              <Suspense fallback={firsts}>
                <Rows
                  table={table}
                  rows={rows}
                  columns={columns.length}
                  draw={drawn}
                  hasMore={list?.hasMore === true}
                  onPlace={(words) => place.current?.replaceChildren(words)}
                  onEnd={endless && list?.hasMore && !list.loadingMore && !list.error ? list.more : undefined}
                />
              </Suspense>
            )
            : firsts}
        </table>
      </div>
      {isLong && <p ref={place} className="f-place" aria-hidden="true" />}
      {list?.hasMore && (
        <div className="f-table-more">
          <Button busy={list.loadingMore} onClick={list.more}>{t('table.more')}</Button>
        </div>
      )}
    </div>
  );
}
