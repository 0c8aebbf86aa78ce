/** What holds everywhere is said above the page, and before a session ends somebody is asked. */
import { act, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

import { AppContext } from '@/plugin/app';
import { IdleWarning } from '@/shell/idle-warning';
import { isPlain } from '@/shell/notices';
import { SHELL_KEY } from '@/shell/use-shell';
import { buildWorld, openShell } from '@test/world';
import { shellOf } from '../../mock/data';

afterEach(() => {
  vi.useRealTimers();
});

test('a newer build offers to reload', async () => {
  const { queries } = openShell('/');
  await screen.findByRole('heading', { level: 1, name: 'Dashboard' });
  expect(screen.queryByText(/was updated/)).toBeNull();
  const shell = shellOf({});
  act(() => {
    queries.setQueryData(SHELL_KEY, { ...shell, product: { ...shell.product, build: 'newer' } });
  });
  expect((await screen.findByRole('link', { name: 'Reload' })).hasAttribute('data-reload')).toBe(true);
});

test('a connection that is not encrypted is said', () => {
  expect(isPlain({ protocol: 'http:', hostname: '10.0.0.7' })).toBe(true);
  expect(isPlain({ protocol: 'http:', hostname: 'localhost' })).toBe(false);
  expect(isPlain({ protocol: 'https:', hostname: 'ops.example.org' })).toBe(false);
});

test('a minute before the session ends it asks, and stays', async () => {
  vi.useFakeTimers();
  const { app } = buildWorld('/');
  const used = Date.now();
  const session = { public_id: 's', is_current: true, ends_at: new Date(used + 90_000).toISOString() };
  const asked: string[] = [];
  const client: typeof app.client = {
    usedAt: () => used,
    request: (_method, url) => {
      asked.push(url);
      return Promise.resolve({ value: { items: [session] } as never, etag: null }); // the one list that is read here
    },
  };
  render(<AppContext value={{ ...app, client }}><IdleWarning /></AppContext>);
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(screen.queryByRole('alertdialog')).toBeNull();
  await act(() => vi.advanceTimersByTimeAsync(20_000));
  expect(screen.getByRole('alertdialog', { name: 'Are you still there?' }).textContent).toMatch(/signed out in \d+ seconds/);
  await act(async () => {
    screen.getByRole('button', { name: 'Stay signed in' }).click();
    await vi.advanceTimersByTimeAsync(10);
  });
  expect(screen.queryByRole('alertdialog')).toBeNull();
  expect(asked).toContain('/api/auth/me');
});
