/** A table between two answers, and a long one. */
import { act, render, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';

import { DataTable, LONG, type TableList } from '@/ui/data-table';

const COLUMNS = [{ key: 'a', label: 'A', render: (row: string) => <a href="/x">{row}</a> }];
const rowsOf = (count: number) => Array.from({ length: count }, (_, n) => `row ${n}`);
const list = { stale: false, hasMore: false, loadingMore: false, more: () => undefined };

test('old rows stay and are marked while new ones load', () => {
  render(<DataTable label="Things" columns={COLUMNS} rows={['one']} rowKey={(row) => row} list={{ ...list, stale: true }} />);
  expect(screen.getByRole('cell', { name: 'one' }).closest('[aria-busy=true]')).not.toBeNull();
});

test('a short table is drawn whole and counts nothing', () => {
  render(<DataTable label="Things" columns={COLUMNS} rows={rowsOf(LONG - 1)} rowKey={(row) => row} />);
  expect(screen.getAllByRole('row')).toHaveLength(LONG);
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBeNull();
});

test('a long one says how many rows there are and which one each is', async () => {
  render(<DataTable label="Things" columns={COLUMNS} rows={rowsOf(5000)} rowKey={(row) => row} list={list} />);
  await waitFor(() => expect(document.querySelectorAll('tbody[data-part]').length).toBeGreaterThan(0));
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('5001');
  expect(screen.getByText('row 7').closest('tr')?.getAttribute('aria-rowindex')).toBe('9');
  expect(screen.getAllByRole('row').length).toBeLessThan(200);
  expect(document.querySelector('.f-place')?.textContent).toContain('of 5,000');
});

/** An endless table whose code is here and listens: it says then which rows one sees. */
async function endless(rows: string[], list: TableList, more: { below?: (row: string) => ReactNode } = {}) {
  render(<DataTable label="Things" columns={COLUMNS} rows={rows} rowKey={(row) => row} list={list} endless {...more} />);
  await waitFor(() => expect(document.querySelector('.f-place')?.textContent).not.toBe(''));
  const table = screen.getByRole('table');
  const scroll = (above: number) => {
    Object.assign(table.querySelector('thead') ?? {}, { getBoundingClientRect: () => new DOMRect(0, -above, 100, 0) });
    act(() => void window.dispatchEvent(new Event('scroll')));
  };
  return { table, scroll, drawn: () => [...table.querySelectorAll<HTMLElement>('tbody tr')] };
}

test('an endless one says that nobody knows, and asks for more where its end is near', async () => {
  const more = vi.fn();
  const { table, scroll } = await endless(rowsOf(50), { ...list, hasMore: true, more });
  expect(table.getAttribute('aria-rowcount')).toBe('-1');
  expect(more).not.toHaveBeenCalled();
  scroll(30 * 50);
  expect(more).toHaveBeenCalledTimes(1);
});

test('while it scrolls the same few rows are filled anew and moved, and stand in their order when it rests', async () => {
  const { scroll, drawn } = await endless(rowsOf(100_000), list);
  scroll(10_000);
  const before = new Set(drawn());
  scroll(10_360);
  expect(drawn().filter((row) => !before.has(row)).length).toBeLessThan(20); // further ahead of whoever goes on
  const rows = drawn().length;
  scroll(10_720);
  scroll(11_080);
  expect(drawn()).toHaveLength(rows);
  expect(drawn().find((row) => row.textContent === 'row 310')?.style.transform).toBe(`translateY(${310 * 36}px)`);
  const indices = () => drawn().map((row) => Number(row.getAttribute('aria-rowindex')));
  await waitFor(() => expect(indices()).toEqual(indices().toSorted((a, b) => a - b)));
});

test('whoever is in a row of it with the keyboard stays there, however far away it is', async () => {
  const { scroll, drawn } = await endless(rowsOf(5000), list);
  screen.getByText('row 7').focus();
  scroll(90_000);
  scroll(90_036);
  await waitFor(() => expect(drawn()[0]?.textContent).toBe('row 7'));
  expect(document.activeElement?.textContent).toBe('row 7');
});

test('what is opened below a row of it stands there, and the rows after it below that', async () => {
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockImplementation(function height(this: HTMLElement) { return this.className === 'f-below' ? 200 : 36; });
  const { drawn } = await endless(rowsOf(1000), list, { below: (row) => (row === 'row 1' ? 'opened' : null) });
  const edges = drawn().slice(0, 4).map((row) => `${row.textContent} ${row.style.transform}`);
  expect(edges).toEqual(['row 0 translateY(0px)', 'row 1 translateY(36px)', 'opened translateY(72px)', 'row 2 translateY(272px)']);
  vi.restoreAllMocks();
});

test('the browser finds and prints what is not drawn, too', async () => {
  render(<DataTable label="Things" columns={COLUMNS} rows={rowsOf(1000)} rowKey={(row) => row} list={list} />);
  await waitFor(() => expect(document.querySelectorAll('tbody[data-part]').length).toBeGreaterThan(0));
  expect(screen.queryByText('row 900')).toBeNull();
  act(() => void window.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', ctrlKey: true })));
  expect(screen.getByText('row 900')).toBeTruthy();
});

test('and the rows of an endless one', async () => {
  const { table } = await endless(rowsOf(1000), list);
  act(() => void window.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', ctrlKey: true })));
  expect(screen.getByText('row 900')).toBeTruthy();
  expect(table.hasAttribute('data-flat')).toBe(false);
});
