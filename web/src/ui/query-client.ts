/** How server state is kept: shown at once when known, always checked again, retried once when a part is away. */
import { QueryClient } from '@tanstack/react-query';

import { isProblem } from '@/api/problem';

function isPassing(error: Error): boolean {
  return isProblem(error) && (error.status === 0 || error.status === 503);
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: (count, error) => count < 1 && isPassing(error), retryDelay: 800, networkMode: 'always', refetchOnReconnect: true },
      mutations: { networkMode: 'always' },
    },
  });
}
