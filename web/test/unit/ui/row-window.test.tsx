/** A long table is drawn where one looks, and nowhere else. */
import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { DataTable } from '@/ui/data-table';
import { LONG } from '@/ui/row-window';

type Tell = (entries: { isIntersecting: boolean }[]) => void;
const told: { tell: Tell; body: Element }[] = [];

class FakeObserver {
  private readonly tell: Tell;
  constructor(tell: Tell) {
    this.tell = tell;
  }
  observe(body: Element) {
    told.push({ tell: this.tell, body });
  }
  disconnect() {
    // Nothing is kept.
  }
}

beforeEach(() => {
  told.length = 0;
  Object.assign(globalThis, { IntersectionObserver: FakeObserver });
});
afterEach(() => {
  Reflect.deleteProperty(globalThis, 'IntersectionObserver');
});

function draw(count: number) {
  const rows = Array.from({ length: count }, (_, n) => `row ${n}`);
  render(<DataTable label="Rows" columns={[{ key: 'a', label: 'A', render: (row) => <a href="/x">{row}</a> }]} rows={rows} rowKey={(row) => row} />);
}

test('a short table is one part and is not watched', () => {
  draw(LONG - 1);
  expect(document.querySelectorAll('tbody')).toHaveLength(1);
  expect(told).toHaveLength(0);
});

test('a part that is far away is a gap, and is drawn again when it comes near', () => {
  draw(LONG);
  expect(told).toHaveLength(4);
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe(String(LONG + 1));
  act(() => told[1]?.tell([{ isIntersecting: false }]));
  expect(screen.queryByText('row 60')).toBeNull();
  expect(screen.getByText('row 10')).toBeTruthy();
  act(() => told[1]?.tell([{ isIntersecting: true }]));
  expect(screen.getByText('row 60')).toBeTruthy();
});

test('a part in which one is with the keyboard stays', () => {
  draw(LONG);
  screen.getByText('row 60').focus();
  act(() => told[1]?.tell([{ isIntersecting: false }]));
  expect(screen.getByText('row 60')).toBeTruthy();
});
