/** The kit's promises: busy buttons, labelled fields, dialogs that give the focus back, messages that wait. */
import { createMemoryHistory } from '@tanstack/history';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';

import { Button } from '@/ui/button';
import { ConfirmDialog } from '@/ui/confirm-dialog';
import { TextInput } from '@/ui/controls';
import { DataTable } from '@/ui/data-table';
import { Field } from '@/ui/field';
import { createRoute } from '@/ui/route';
import { createStore } from '@/ui/store';
import { type Toast, Toasts, pushToast } from '@/ui/toasts';

test('a busy button keeps its label and does nothing', async () => {
  const onClick = vi.fn();
  render(<Button busy onClick={onClick}>Save</Button>);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(onClick).not.toHaveBeenCalled();
});

test('a field ties label, hint and error to its control', () => {
  render(<Field label="Slug" hint="Short" error="Taken">{(ids) => <TextInput {...ids} />}</Field>);
  const input = screen.getByRole('textbox', { name: 'Slug' });
  const words = (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent.trim());
  expect(words).toEqual(['Short', 'Taken']);
  expect(input.getAttribute('aria-invalid')).toBe('true');
});

describe('a question', () => {
  test('that wants the name typed does not take another', async () => {
    const onAnswer = vi.fn();
    render(<ConfirmDialog question={{ title: 'Delete', body: 'Gone.', type: 'crm-db', ok: 'Delete' }} onAnswer={onAnswer} />);
    const user = userEvent.setup();
    await user.type(screen.getByRole('textbox'), 'crm');
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    expect(onAnswer).not.toHaveBeenCalled();
    await user.type(screen.getByRole('textbox'), '-db');
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    expect(onAnswer).toHaveBeenCalledWith(true);
  });

  test('gives the focus back when it is gone', () => {
    render(<button type="button">Before</button>);
    const before = screen.getByRole('button', { name: 'Before' });
    before.focus();
    const { unmount } = render(<ConfirmDialog question={{ title: 'Sure', body: '?' }} onAnswer={() => undefined} />);
    unmount();
    expect(document.activeElement).toBe(before);
  });
});

test('a row opens by a click anywhere, but not while another control is hit', async () => {
  const opened = vi.fn();
  const other = vi.fn();
  const rows = [{ id: 'a', name: 'Alpha' }];
  render(
    <DataTable
      label="Things"
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { key: 'name', label: 'Name', render: (row) => <button type="button" data-row-link="" onClick={opened}>{row.name}</button> },
        { key: 'id', label: 'Id', render: (row) => <span>{row.id}</span> },
        { key: 'do', label: 'Do', render: () => <button type="button" onClick={other}>Other</button> },
      ]}
    />,
  );
  const user = userEvent.setup();
  await user.click(screen.getByText('a'));
  expect(opened).toHaveBeenCalledTimes(1);
  await user.click(screen.getByRole('button', { name: 'Other' }));
  expect(opened).toHaveBeenCalledTimes(1);
  expect(other).toHaveBeenCalledTimes(1);
});

describe('a message', () => {
  test('goes by itself, but waits while it is pointed at', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const store = createStore<Toast[]>([]);
    const { findByText, queryByText } = render(<Toasts store={store} />);
    pushToast(store, { text: 'Archived' });
    const message = await findByText('Archived');
    const user = userEvent.setup({ advanceTimers: (ms) => vi.advanceTimersByTime(ms) });
    await user.hover(message);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(queryByText('Archived')).not.toBeNull();
    await user.unhover(message);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(queryByText('Archived')).toBeNull();
    vi.useRealTimers();
  });

  test('takes back what it tells about', async () => {
    const undo = vi.fn();
    const store = createStore<Toast[]>([]);
    render(<Toasts store={store} />);
    pushToast(store, { text: 'Archived', undo });
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(undo).toHaveBeenCalledTimes(1);
    expect(screen.queryByText('Archived')).toBeNull();
  });
});

describe('the route of a page', () => {
  test('is the part of the address below its section', () => {
    const history = createMemoryHistory({ initialEntries: ['/s/audit/12?actor=ada'] });
    const route = createRoute(history, '/s/audit', () => Promise.resolve(true));
    expect(route.value).toEqual({ path: '12', query: { actor: 'ada' } });
    expect(route.value).toBe(route.value);
    route.go('', { query: { type: 'x', actor: undefined } });
    expect(history.location.href).toBe('/s/audit?type=x');
    expect(route.href('7')).toBe('/s/audit/7');
  });

  test('stays when the person decides to', async () => {
    const history = createMemoryHistory({ initialEntries: ['/s/x'] });
    const route = createRoute(history, '/s/x', () => Promise.resolve(false));
    const release = route.block('unsaved');
    route.go('next');
    await Promise.resolve();
    expect(history.location.pathname).toBe('/s/x');
    release();
    route.go('next');
    expect(history.location.pathname).toBe('/s/x/next');
  });
});
