/** What was asked for early is given once, and to nobody who changes something. */
import { expect, test } from 'vitest';

import { withEarly } from '@/api/early';

const late = () => Promise.resolve(new Response('late'));
const text = async (answer: Promise<Response>) => (await answer).text();

test('an early answer is taken once, then it is asked anew', async () => {
  const fetch = withEarly(late, new Map([['/api/shell', Promise.resolve(new Response('early'))]]));
  expect(await text(fetch('/api/shell', { method: 'GET' }))).toBe('early');
  expect(await text(fetch('/api/shell', { method: 'GET' }))).toBe('late');
});

test('a change is never answered early, nor what nobody asked for', async () => {
  const fetch = withEarly(late, new Map([['/api/shell', Promise.resolve(new Response('early'))]]));
  expect(await text(fetch('/api/shell', { method: 'POST' }))).toBe('late');
  expect(await text(fetch('/api/me'))).toBe('late');
  expect(await text(withEarly(late, undefined)('/api/shell'))).toBe('late');
});
