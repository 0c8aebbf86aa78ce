/** The part of the client that one section gets: its own routes, and core's for reading. */
import type { Api } from '@/sdk/types';
import type { Client } from './client';

export function createApi(client: Client, base: string, signal?: AbortSignal): Api {
  return {
    get: async <T>(path: string, query?: Parameters<Api['get']>[1]) =>
      (await client.request<T>('GET', base + path, { query, signal })).value,
    load: <T>(path: string) => client.request<T>('GET', base + path, { signal }),
    send: async <T>(method: Parameters<Api['send']>[0], path: string, body?: unknown, options: Parameters<Api['send']>[3] = {}) =>
      (await client.request<T>(method, base + path, { body, signal, ...options })).value,
    core: async <T>(path: string, query?: Parameters<Api['core']>[1]) =>
      (await client.request<T>('GET', `/api${path}`, { query, signal })).value,
  };
}
