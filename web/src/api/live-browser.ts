/** Live updates as this browser can have them: shared by its tabs, by itself, or not at all. */
import type { Live } from '@/sdk/types';
import { createLive } from './live';
import { type Channel, createShare } from './live-share';
import { type Source, type Stream, type StreamParts, createStream } from './live-stream';

const NAME = 'foundation.live';

function open(url: string): Source {
  return new EventSource(url) as Source; // its handlers take wider events than ours
}

/** Tabs share where locks are, which is where the page came safely; elsewhere each has its own. */
function shared(parts: Omit<StreamParts, 'open'>): Stream {
  const own = (inner: Omit<StreamParts, 'open'>) => createStream({ open, ...inner });
  if (!('locks' in navigator) || !('BroadcastChannel' in window)) return own(parts);
  const channel = new BroadcastChannel(NAME) as unknown as Channel; // it carries what we post and no more
  return createShare({
    ...parts,
    tab: crypto.randomUUID(),
    channel,
    lead: (signal, work) => {
      navigator.locks.request(NAME, { signal }, work).catch(() => undefined); // given up before its turn
    },
    stream: own,
  });
}

export function browserLive(): Live {
  return createLive({ stream: 'EventSource' in window ? shared : null, tab: document });
}
