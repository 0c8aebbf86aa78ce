/** The one place that fetches: JSON in and out, problems thrown, sign-in renewed and the request tried again. */
import type { Query } from '@/sdk/types';
import { ProblemError, readProblem, unreachable } from './problem';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type RequestOptions = {
  query?: Query | undefined;
  body?: unknown;
  ifMatch?: string | undefined;
  idempotencyKey?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Whether a 401 may ask the person to sign in again; the first load must not. */
  renew?: boolean;
};
export type Answer<T> = { value: T; etag: string | null };
export type Client = { request<T>(method: Method, url: string, options?: RequestOptions): Promise<Answer<T>> };
/** Knows also when something was last asked, in milliseconds: each request keeps the session. */
export type WatchedClient = Client & { usedAt(): number };
export type RenewReason = 'ended' | 'step_up';
type ClientParts = {
  fetch: typeof fetch;
  /** Ask the person to sign in again; true once they have. */
  renew: (reason: RenewReason) => Promise<boolean>;
};

export function withQuery(url: string, query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  if (text === '') return url;
  return `${url}${url.includes('?') ? '&' : '?'}${text}`;
}

function headersOf({ body, ifMatch, idempotencyKey }: RequestOptions): Headers {
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (ifMatch !== undefined) headers.set('if-match', ifMatch);
  if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
  return headers;
}

function renewReason(error: unknown): RenewReason | null {
  if (!(error instanceof ProblemError) || error.status !== 401) return null;
  return error.problem.code === 'step_up_required' ? 'step_up' : 'ended';
}

export function createClient({ fetch, renew }: ClientParts): WatchedClient {
  let usedAt = Date.now();
  async function once<T>(method: Method, url: string, options: RequestOptions): Promise<Answer<T>> {
    const init: RequestInit = { method, headers: headersOf(options), credentials: 'same-origin', cache: 'no-store' };
    if (options.body !== undefined) init.body = JSON.stringify(options.body);
    if (options.signal) init.signal = options.signal;
    usedAt = Date.now();
    const response = await fetch(withQuery(url, options.query), init).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw unreachable();
    });
    if (!response.ok) throw await readProblem(response);
    const empty = response.status === 204 || response.headers.get('content-length') === '0';
    const value: unknown = empty ? undefined : await response.json();
    return { value: value as T, etag: response.headers.get('etag') }; // the caller names the route's view
  }

  return {
    usedAt: () => usedAt,
    async request<T>(method: Method, url: string, options: RequestOptions = {}) {
      try {
        return await once<T>(method, url, options);
      } catch (error) {
        const reason = options.renew === false ? null : renewReason(error);
        if (reason === null || !(await renew(reason))) throw error;
        return once<T>(method, url, options);
      }
    },
  };
}
