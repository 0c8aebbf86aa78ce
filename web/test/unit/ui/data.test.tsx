/** What is read again is newer than what one was told of, even when the first reading is still under way. */
import { QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';

import { useData, useRefresh } from '@/ui/data';
import { HostContext } from '@/ui/host-context';
import { hostOf } from '@test/world';

type Loaded = { value: string; etag: null };

/** A view whose answers the test gives itself, in the order in which it was asked. */
function openView() {
  const { host, queries } = hostOf('projects');
  const asked: ((value: string) => void)[] = [];
  const load = () => new Promise<Loaded>((resolve) => {
    asked.push((value) => resolve({ value, etag: null }));
  });
  const slow = { ...host, api: { ...host.api, load: load as typeof host.api.load } };
  const wrapper = ({ children }: { children: ReactNode }) => (
    <HostContext value={slow}><QueryClientProvider client={queries}>{children}</QueryClientProvider></HostContext>
  );
  const view = renderHook(() => ({ data: useData<string>('/1'), refresh: useRefresh() }), { wrapper });
  return { asked, current: () => view.result.current };
}

test('a change that is told while the first reading is under way is read after it', async () => {
  const { asked, current } = openView();
  act(() => current().data.reload());
  asked[0]?.('before');
  await waitFor(() => expect(asked).toHaveLength(2));
  asked[1]?.('after');
  await waitFor(() => expect(current().data.value).toBe('after'));
});

test('after a change of one’s own the first reading counts no more', async () => {
  const { asked, current } = openView();
  const refreshed = current().refresh();
  await waitFor(() => expect(asked).toHaveLength(2));
  asked[1]?.('after');
  asked[0]?.('before');
  await act(() => refreshed);
  await waitFor(() => expect(current().data.value).toBe('after'));
});

test('what is known is read again once', async () => {
  const { asked, current } = openView();
  asked[0]?.('before');
  await waitFor(() => expect(current().data.value).toBe('before'));
  act(() => current().data.reload());
  asked[1]?.('after');
  await waitFor(() => expect(current().data.value).toBe('after'));
  expect(asked).toHaveLength(2);
});
