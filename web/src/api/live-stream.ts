/** One stream from the server: opened anew when what is followed changes, and again, later and later, when it breaks. */
import type { LiveState } from '@/sdk/types';

export type LiveMessage = { topic: string; type: string; data: unknown };
/** The part of an EventSource that is used, so that a test can stand in for the browser. */
export type Source = {
  onmessage: ((event: { data: string; lastEventId: string }) => void) | null;
  onerror: (() => void) | null;
  close(): void;
};
export type StreamParts = {
  open: (url: string) => Source;
  /** Something was said; `fresh` topics are followed only from now on, so whoever shows them looks once more. */
  onMessage: (message: LiveMessage, places: string) => void;
  onFresh: (topics: string[]) => void;
  onState: (state: LiveState) => void;
  random?: () => number;
};
export type Stream = { follow(topics: readonly string[], places: string): void; close(): void };

const GATHER_MS = 60; // a page that opens names its topics one by one
const FIRST_MS = 1000;
const LONGEST_MS = 30_000;
const MOST_TOPICS = 32; // what the server takes

function read(text: string): LiveMessage | null {
  try {
    return JSON.parse(text) as LiveMessage; // the server's own form
  } catch {
    return null;
  }
}

export function createStream({ open, onMessage, onFresh, onState, random = Math.random }: StreamParts): Stream {
  let wanted: string[] = [];
  let heard = new Set<string>(); // topics of the stream that is open
  let places = '';
  let source: Source | null = null;
  let trying: Source | null = null; // not open yet
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const later = (wait: number) => {
    clearTimeout(timer);
    timer = setTimeout(connect, wait);
  };
  const drop = () => {
    clearTimeout(timer);
    trying?.close();
    source?.close();
    trying = source = null;
    heard = new Set();
  };
  const lose = (wait: number) => {
    drop();
    failures += 1;
    onState('retrying');
    later(wait * (0.5 + random())); // not all browsers at once
  };
  const retryWait = () => Math.min(FIRST_MS * 2 ** failures, LONGEST_MS);

  function connect(): void {
    if (wanted.length === 0) return;
    const topics = [...wanted];
    const query = new URLSearchParams({ topics: topics.join(',') });
    if (places !== '') query.set('after', places);
    const next = open(`/api/live?${query.toString()}`);
    trying?.close();
    trying = next;
    next.onmessage = ({ data, lastEventId }) => {
      const message = read(data);
      if (message === null) return;
      if (lastEventId !== '') places = lastEventId;
      if (message.type === 'open') {
        trying = null;
        // The stream before is left only now, so that nothing falls between the two.
        if (source !== next) source?.close();
        source = next;
        failures = 0;
        const fresh = topics.filter((topic) => !heard.has(topic));
        heard = new Set(topics);
        onState('live');
        onFresh(fresh);
      } else if (message.type === 'end') {
        next.close();
        const { reason } = message.data as { reason: string }; // as the server writes it
        if (source === next) lose(reason === 'drain' ? 200 : LONGEST_MS);
      } else if (source === next) onMessage(message, places);
    };
    next.onerror = () => {
      next.close(); // a browser's own way to come back knows neither patience nor other topics
      if (source === next || trying === next) lose(retryWait());
    };
  }

  return {
    follow(topics, from) {
      const next = [...new Set(topics)].sort().slice(0, MOST_TOPICS);
      if (places === '') places = from;
      if (next.join() === wanted.join()) return;
      wanted = next;
      if (next.length > 0) later(GATHER_MS);
      else {
        drop();
        onState('off');
      }
    },
    close() {
      wanted = [];
      drop();
      onState('off');
    },
  };
}
