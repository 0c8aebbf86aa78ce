/** What a section asks: its reading ends with it, its changes do not. */
import { expect, test } from 'vitest';

import type { Client } from '@/api/client';
import { createApi } from '@/api/section-api';

/** A client that answers when the test says so, unless it is given up before. */
function slowClient(): { client: Client; release: (() => void)[] } {
  const release: (() => void)[] = [];
  const request: Client['request'] = async (_method: string, _url: string, { signal }: { signal?: AbortSignal | undefined } = {}) =>
    new Promise<{ value: never; etag: null }>((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')));
      release.push(() => resolve({ value: 'done' as never, etag: null }));
    });
  return { client: { request }, release };
}

test('what is read is given up with the section', async () => {
  const leaving = new AbortController();
  const { client } = slowClient();
  const reading = createApi(client, '/api/projects', leaving.signal).get('/1');
  leaving.abort();
  await expect(reading).rejects.toThrow('given up');
});

test('what is changed goes on when the section is left, and can be taken back after that', async () => {
  const leaving = new AbortController();
  const { client, release } = slowClient();
  const api = createApi(client, '/api/projects', leaving.signal);
  const changing = api.send('POST', '/1/archive');
  leaving.abort();
  const back = api.send('POST', '/1/restore');
  for (const one of release) one();
  await expect(changing).resolves.toBe('done');
  await expect(back).resolves.toBe('done');
});

test('whoever sends may give it up', async () => {
  const own = new AbortController();
  const { client } = slowClient();
  const sending = createApi(client, '/api/projects').send('POST', '/1/test', undefined, { signal: own.signal });
  own.abort();
  await expect(sending).rejects.toThrow('given up');
});
