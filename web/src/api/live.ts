/** What pages follow: callbacks by topic over one stream, given up by a tab that nobody looks at. */
import type { Live, LiveEvent, LiveState, Store } from '@/sdk/types';
import type { LiveMessage, Stream, StreamParts } from './live-stream';

type Callback = (event: LiveEvent) => void;
type LiveParts = {
  /** How the stream is made; null where the browser has none, and pages ask now and then. */
  stream: ((parts: Omit<StreamParts, 'open'>) => Stream) | null;
  /** Tells whether the tab is seen, and when that changes. */
  tab?: { readonly hidden: boolean; addEventListener(type: 'visibilitychange', listener: () => void): void };
  hiddenMs?: number;
};

const HIDDEN_MS = 60_000;

function createState(): Store<LiveState> & { set(state: LiveState): void } {
  let value: LiveState = 'off';
  const listeners = new Set<(state: LiveState) => void>();
  return {
    get value() {
      return value;
    },
    set(next) {
      if (next === value) return;
      value = next;
      for (const listener of [...listeners]) listener(next);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function createLive({ stream, tab, hiddenMs = HIDDEN_MS }: LiveParts): Live {
  const state = createState();
  const callbacks = new Map<string, Set<Callback>>();
  let given = false; // this tab is hidden, and has let its topics go
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = (topic: string, event: LiveEvent) => {
    for (const callback of [...(callbacks.get(topic) ?? [])]) callback(event);
  };
  const handleMessage = ({ topic, type, data }: LiveMessage) => tell(topic, { topic, type, data });
  const opened = stream?.({
    onMessage: handleMessage,
    onFresh: (topics) => topics.forEach((topic) => tell(topic, { topic, type: 'open', data: {} })),
    onState: (next) => state.set(next),
  });
  const follow = () => {
    if (opened === undefined) return;
    const topics = given ? [] : [...callbacks.keys()];
    opened.follow(topics, '');
    if (topics.length === 0) state.set('off');
  };

  tab?.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (tab.hidden) {
      timer = setTimeout(() => {
        given = true;
        follow();
      }, hiddenMs);
    } else if (given) {
      given = false;
      follow();
    }
  });

  return {
    state,
    on(topic, callback) {
      const present = callbacks.get(topic) ?? new Set();
      callbacks.set(topic, present.add(callback));
      follow();
      return () => {
        present.delete(callback);
        if (present.size === 0) callbacks.delete(topic);
        follow();
      };
    },
  };
}
