/** The transport: what it sends, what it throws, when it asks for a new sign-in. */
import { describe, expect, test } from 'vitest';

import { type RenewReason, createClient, withQuery } from '@/api/client';
import { isProblem } from '@/api/problem';

type Sent = { url: string; init: RequestInit };

function clientOver(responses: Response[], renewed = true) {
  const sent: Sent[] = [];
  const asked: RenewReason[] = [];
  const client = createClient({
    fetch: (input, init = {}) => {
      sent.push({ url: input as string, init }); // the client passes text
      const next = responses.shift();
      return next ? Promise.resolve(next) : Promise.reject(new TypeError('network'));
    },
    renew: (reason) => {
      asked.push(reason);
      return Promise.resolve(renewed);
    },
  });
  return { client, sent, asked };
}

const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ type: 'about:blank', title: 'x', status, code, request_id: 'r1' }), { status, headers: { 'content-type': 'application/problem+json' } });

describe('a request', () => {
  test('carries its precondition and its idempotency key', async () => {
    const { client, sent } = clientOver([Response.json({ id: 1 }, { headers: { etag: '"2"' } })]);
    const answer = await client.request('POST', '/api/x', { body: { a: 1 }, ifMatch: '"1"', idempotencyKey: 'k' });
    const headers = new Headers(sent[0]?.init.headers);
    expect(headers.get('if-match')).toBe('"1"');
    expect(headers.get('idempotency-key')).toBe('k');
    expect(headers.get('content-type')).toBe('application/json');
    expect(answer).toEqual({ value: { id: 1 }, etag: '"2"' });
  });

  test('without a body has no content type', async () => {
    const { client, sent } = clientOver([new Response(null, { status: 204 })]);
    await client.request('DELETE', '/api/x');
    expect(new Headers(sent[0]?.init.headers).has('content-type')).toBe(false);
  });

  test('leaves empty query values out', () => {
    expect(withQuery('/api/x', { q: '', limit: 50, cursor: undefined })).toBe('/api/x?limit=50');
  });
});

describe('a refusal', () => {
  test('is thrown as the problem the server sent', async () => {
    const { client } = clientOver([problem(409, 'conflict')]);
    await expect(client.request('GET', '/api/x')).rejects.toMatchObject({ status: 409, problem: { code: 'conflict', request_id: 'r1' } });
  });

  test('of a proxy that speaks no JSON still has its status and request id', async () => {
    const { client } = clientOver([new Response('<html>', { status: 502, statusText: 'Bad Gateway', headers: { 'x-request-id': 'r2' } })]);
    await expect(client.request('GET', '/api/x')).rejects.toMatchObject({ status: 502, problem: { title: 'Bad Gateway', request_id: 'r2' } });
  });

  test('of the network has status 0', async () => {
    const { client } = clientOver([]);
    const failure: unknown = await client.request('GET', '/api/x').catch((error: unknown) => error);
    expect(isProblem(failure, 'unreachable')).toBe(true);
  });
});

describe('a session that ended', () => {
  test('is renewed and the request tried again, once', async () => {
    const { client, sent, asked } = clientOver([problem(401, 'unauthenticated'), Response.json({ ok: true })]);
    expect((await client.request('GET', '/api/x')).value).toEqual({ ok: true });
    expect(asked).toEqual(['ended']);
    expect(sent).toHaveLength(2);
  });

  test('and is not renewed throws what the server said', async () => {
    const { client, sent } = clientOver([problem(401, 'unauthenticated')], false);
    await expect(client.request('GET', '/api/x')).rejects.toMatchObject({ status: 401 });
    expect(sent).toHaveLength(1);
  });

  test('asks for a step-up when that is what is missing', async () => {
    const { client, asked } = clientOver([problem(401, 'step_up_required'), Response.json({})]);
    await client.request('POST', '/api/x', { body: {} });
    expect(asked).toEqual(['step_up']);
  });

  test('does not ask when the caller says so', async () => {
    const { client, asked } = clientOver([problem(401, 'unauthenticated')]);
    await expect(client.request('GET', '/api/shell', { renew: false })).rejects.toMatchObject({ status: 401 });
    expect(asked).toEqual([]);
  });
});
