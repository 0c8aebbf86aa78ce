/** What a page says reaches the server, a little at a time; its texts are read in the person's language. */
import { expect, onTestFinished, test, vi } from 'vitest';

import type { Client } from '@/api/client';
import { createLog } from '@/plugin/page-log';
import { withWords } from '@/plugin/words';
import { hostOf } from '@test/world';

type Call = { url: string; body: unknown };

function listening() {
  const spy = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  onTestFinished(() => spy.mockRestore());
  const sent: Call[] = [];
  const client: Client = {
    request: (_method, url, options) => {
      sent.push({ url, body: options?.body });
      return Promise.reject(new Error('the server is away'));
    },
  };
  return { sent, client };
}

test('a line goes to the log of its plugin, cut to what the server takes', () => {
  const { sent, client } = listening();
  createLog(client, 'orders')('warn', 'x'.repeat(3000), { at: 3 });
  expect(sent).toEqual([{ url: '/api/plugins/orders/log', body: { level: 'warn', message: 'x'.repeat(1000), data: '{"at":3}' } }]);
});

test('what cannot be written as JSON is written as text', () => {
  const { sent, client } = listening();
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  createLog(client, 'orders')('warn', '', circle);
  expect(sent[0]?.body).toMatchObject({ message: '(nothing)', data: '[object Object]' });
});

test('a page that says the same for ever is heard twenty times a minute', () => {
  const { sent, client } = listening();
  let now = 0;
  const log = createLog(client, 'orders', () => now);
  for (let n = 0; n < 50; n += 1) log('warn', 'again');
  expect(sent).toHaveLength(20);
  now = 61_000;
  log('warn', 'again');
  expect(sent).toHaveLength(21);
});

test('a page’s texts are read in the person’s language, then in English', () => {
  const { host, env } = hostOf('projects');
  env.set({ ...env.value, locale: 'de-CH' });
  const { t } = withWords(host, { en: { hi: 'Hello {name}', bye: 'Goodbye' }, de: { hi: 'Hallo {name}' }, 'de-CH': { hi: 'Grüezi {name}' } });
  expect([t('hi', { name: 'Ada' }), t('bye'), t('none')]).toEqual(['Grüezi Ada', 'Goodbye', 'none']);
  expect(withWords(host).can('projects:project:read')).toBe(true);
});
