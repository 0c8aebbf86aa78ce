/** An error that no boundary saw is told under the plugin whose script it came from. */
import { expect, onTestFinished, test, vi } from 'vitest';

import type { Client } from '@/api/client';
import { blamed, watchLateErrors } from '@/plugin/late-errors';

function watched() {
  const spy = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const urls: string[] = [];
  const client: Client = { request: (_method, url) => { urls.push(url); return Promise.reject(new Error('away')); } };
  const stop = watchLateErrors(window, client);
  onTestFinished(() => { stop(); spy.mockRestore(); });
  return urls;
}

test('an error of a timer is its plugin’s by the address of the script', () => {
  const urls = watched();
  const filename = 'https://ops.example.org/api/ext/orders/0a1b/main.js';
  window.dispatchEvent(Object.assign(new Event('error'), { filename, message: 'x is not a function', error: new TypeError('x') }));
  window.dispatchEvent(Object.assign(new Event('error'), { filename: 'https://ops.example.org/assets/index.js', message: 'ours', error: null }));
  expect(urls).toEqual(['/api/plugins/orders/log']);
});

test('a promise nobody caught is its plugin’s by the stack', () => {
  const urls = watched();
  const reason = Object.assign(new Error('lost'), { stack: 'Error: lost\n at https://ops.example.org/api/ext/collect/9/main.js:1:2' });
  window.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason }));
  expect(urls).toEqual(['/api/plugins/collect/log']);
});

test('what came from no plugin is nobody’s', () => {
  expect(blamed('at https://ops.example.org/assets/index.js')).toBeNull();
});
