/** A tab loads anew when its chunks are gone by a deploy, and not when the network is. */
import { expect, test, vi } from 'vitest';

import { reloadAfterDeploy } from '@/shell/stale-tab';

const ENTRY = 'https://ops.example.org/assets/index-old.js';

function tab(ask: () => Promise<Response>) {
  const target = new EventTarget();
  const kept = new Map<string, string>();
  const reload = vi.fn<() => void>();
  reloadAfterDeploy({
    entry: ENTRY,
    target,
    ask,
    kept: { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) },
    reload,
  });
  const miss = async () => {
    target.dispatchEvent(new Event('vite:preloadError'));
    await new Promise((done) => setTimeout(done, 0));
  };
  return { reload, miss };
}

const page = (script: string, status = 200) => () => Promise.resolve(new Response(`<script src="${script}"></script>`, { status }));

test('a chunk that is gone with a deploy loads the page anew, once', async () => {
  const { reload, miss } = tab(page('/assets/index-new.js'));
  await miss();
  await miss();
  expect(reload).toHaveBeenCalledOnce();
});

test.each([
  ['without a network', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['while the server is away', page('', 502)],
  ['when there was no deploy', page('/assets/index-old.js')],
])('%s the page stays, with what is written in it', async (_, ask) => {
  const { reload, miss } = tab(ask);
  await miss();
  expect(reload).not.toHaveBeenCalled();
});
