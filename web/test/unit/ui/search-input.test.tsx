/** A search box asks after a pause, and asks the page as it is by then. */
import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { SearchInput } from '@/ui/search-input';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const box = () => screen.getByRole<HTMLInputElement>('searchbox');
const type = (text: string) => fireEvent.change(box(), { target: { value: text } });
const wait = (ms: number): void => {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
};

test('it asks once, when the typing rests', () => {
  const onSearch = vi.fn();
  render(<SearchInput label="Find" value="" onSearch={onSearch} />);
  type('a');
  wait(200);
  type('ab ');
  wait(200);
  expect(onSearch).not.toHaveBeenCalled();
  wait(50);
  expect(onSearch.mock.calls).toEqual([['ab']]);
  expect(box().value).toBe('ab ');
  wait(1000);
  expect(onSearch).toHaveBeenCalledTimes(1);
});

test('what the page opened while somebody typed is not taken back', () => {
  const before = vi.fn();
  const after = vi.fn();
  const { rerender } = render(<SearchInput label="Find" value="" onSearch={before} />);
  type('ga');
  rerender(<SearchInput label="Find" value="" onSearch={after} />);
  wait(250);
  expect(before).not.toHaveBeenCalled();
  expect(after.mock.calls).toEqual([['ga']]);
});

test('a value from elsewhere, as after Back, replaces what was typed and is not asked again', () => {
  const onSearch = vi.fn();
  const { rerender } = render(<SearchInput label="Find" value="" onSearch={onSearch} />);
  type('ga');
  rerender(<SearchInput label="Find" value="harbour" onSearch={onSearch} />);
  expect(box().value).toBe('harbour');
  wait(1000);
  expect(onSearch).not.toHaveBeenCalled();
});

test('its own search coming back leaves what is typed on', () => {
  const onSearch = vi.fn();
  const { rerender } = render(<SearchInput label="Find" value="" onSearch={onSearch} />);
  type('ga');
  wait(250);
  type('gal');
  rerender(<SearchInput label="Find" value="ga" onSearch={onSearch} />);
  expect(box().value).toBe('gal');
  wait(250);
  expect(onSearch.mock.calls).toEqual([['ga'], ['gal']]);
});

test('a box that is gone asks nothing', () => {
  const onSearch = vi.fn();
  const { unmount } = render(<SearchInput label="Find" value="" onSearch={onSearch} />);
  type('ga');
  unmount();
  wait(1000);
  expect(onSearch).not.toHaveBeenCalled();
});
