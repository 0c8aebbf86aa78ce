/** Live updates that a test speaks itself. */
import { act } from '@testing-library/react';

import { createLive } from '@/api/live';
import type { StreamParts } from '@/api/live-stream';

export function spoken() {
  let parts: Omit<StreamParts, 'open'> | undefined;
  const live = createLive({
    stream: (given) => {
      parts = given;
      return { follow: () => undefined, close: () => undefined };
    },
  });
  const say = (topic: string, type: string, data: unknown = {}) => act(() => parts?.onMessage({ topic, type, data }, ''));
  const become = (state: 'live' | 'retrying') => act(() => parts?.onState(state));
  return { live, say, become };
}
