/** The part of the client that one section gets: its own routes, and core's for reading; what is read ends with it, what is changed does not. */
import type { Api, Query } from '@/sdk/types';
import type { Answer, Client } from './client';
import { stopped } from './problem';

/** What one section reads: it ends with the section, or when somebody does not want to wait any longer. */
function createReader(client: Client, signal: AbortSignal | undefined) {
  const reading = new Set<AbortController>();
  async function read<T>(url: string, query?: Query): Promise<Answer<T>> {
    const controller = new AbortController();
    const end = () => controller.abort();
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end);
    reading.add(controller);
    try {
      return await client.request<T>('GET', url, { query, signal: controller.signal });
    } catch (error) {
      throw controller.signal.aborted && signal?.aborted !== true ? stopped() : error;
    } finally {
      signal?.removeEventListener('abort', end);
      reading.delete(controller);
    }
  }
  const stop = () => {
    for (const controller of reading) controller.abort();
  };
  return { read, stop };
}

export function createApi(client: Client, base: string, signal?: AbortSignal): Api {
  const { read, stop } = createReader(client, signal);
  return {
    get: async <T>(path: string, query?: Query) => (await read<T>(base + path, query)).value,
    load: <T>(path: string) => read<T>(base + path),
    send: async <T>(method: Parameters<Api['send']>[0], path: string, body?: unknown, options: Parameters<Api['send']>[3] = {}) =>
      (await client.request<T>(method, base + path, { body, ...options })).value,
    core: async <T>(path: string, query?: Query) => (await read<T>(`/api${path}`, query)).value,
    stop,
  };
}
