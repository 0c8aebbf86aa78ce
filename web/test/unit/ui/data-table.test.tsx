/** A table between two answers, and a long one. */
import { act, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';

import { DataTable, LONG } from '@/ui/data-table';

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
  await vi.waitFor(() => expect(document.querySelectorAll('tbody[data-part]').length).toBeGreaterThan(0));
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('5001');
  expect(screen.getByText('row 7').closest('tr')?.getAttribute('aria-rowindex')).toBe('9');
  expect(screen.getAllByRole('row').length).toBeLessThan(200);
  expect(document.querySelector('.f-place')?.textContent).toContain('of 5,000');
});

test('an endless one says that nobody knows, and asks for more where its end is near', async () => {
  const more = vi.fn();
  render(<DataTable label="Things" columns={COLUMNS} rows={rowsOf(50)} rowKey={(row) => row} list={{ ...list, hasMore: true, more }} endless />);
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('-1');
  await vi.waitFor(() => expect(document.querySelectorAll('tbody[data-part]').length).toBeGreaterThan(0));
  expect(more).not.toHaveBeenCalled();
  const head = screen.getByRole('table').querySelector('thead');
  Object.assign(head ?? {}, { getBoundingClientRect: () => new DOMRect(0, -30 * 50, 100, 0) });
  act(() => void window.dispatchEvent(new Event('scroll')));
  expect(more).toHaveBeenCalledTimes(1);
});

test('the browser finds and prints what is not drawn, too', async () => {
  render(<DataTable label="Things" columns={COLUMNS} rows={rowsOf(1000)} rowKey={(row) => row} list={list} />);
  await vi.waitFor(() => expect(document.querySelectorAll('tbody[data-part]').length).toBeGreaterThan(0));
  expect(screen.queryByText('row 900')).toBeNull();
  act(() => void window.dispatchEvent(new KeyboardEvent('keydown', { key: 'f', ctrlKey: true })));
  expect(screen.getByText('row 900')).toBeTruthy();
});
