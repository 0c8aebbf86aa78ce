/** One stream for all tabs of a browser: the tab that holds the lock listens, the others are told. */
import type { LiveState } from '@/sdk/types';
import type { LiveMessage, Stream, StreamParts } from './live-stream';

export type Said =
  | { kind: 'want'; tab: string; topics: string[] }
  | { kind: 'who' }
  | { kind: 'message'; message: LiveMessage; places: string }
  | { kind: 'fresh'; topics: string[] }
  | { kind: 'state'; state: LiveState };
/** The part of a BroadcastChannel that is used. */
export type Channel = { onmessage: ((event: { data: Said }) => void) | null; postMessage(said: Said): void };
/** Runs *work* once no other tab leads, for as long as it takes; *signal* gives the turn up. */
export type Lead = (signal: AbortSignal, work: () => Promise<void>) => void;
export type ShareParts = Omit<StreamParts, 'open'> & {
  tab: string;
  channel: Channel;
  lead: Lead;
  stream: (parts: Omit<StreamParts, 'open'>) => Stream;
  now?: () => number;
};

const FORGOTTEN_MS = 45_000; // a tab that says nothing for so long is gone
const REPEAT_MS = 15_000;

export function createShare({ tab, channel, lead, stream, onMessage, onFresh, onState, now = Date.now }: ShareParts): Stream {
  const others = new Map<string, { topics: string[]; at: number }>();
  let mine: string[] = [];
  let places = '';
  let leading: Stream | null = null;
  let turn: AbortController | null = null;
  let timer: ReturnType<typeof setInterval> | undefined;

  const say = (said: Said) => channel.postMessage(said);
  const tell = () => say({ kind: 'want', tab, topics: mine });
  const listen = () => {
    if (leading === null) return;
    for (const [name, { at }] of others) if (now() - at > FORGOTTEN_MS) others.delete(name);
    leading.follow([...mine, ...[...others.values()].flatMap(({ topics }) => topics)], places);
  };

  channel.onmessage = ({ data }) => {
    if (data.kind === 'want') {
      others.set(data.tab, { topics: data.topics, at: now() });
      listen();
    } else if (data.kind === 'who') tell();
    else if (leading !== null) return;
    else if (data.kind === 'message') {
      places = data.places;
      onMessage(data.message, data.places);
    } else if (data.kind === 'fresh') onFresh(data.topics);
    else if (mine.length > 0) onState(data.state);
  };

  const begin = async (signal: AbortSignal) => {
    leading = stream({
      onMessage: (message, reached) => {
        places = reached;
        onMessage(message, reached);
        say({ kind: 'message', message, places: reached });
      },
      onFresh: (topics) => {
        onFresh(topics);
        say({ kind: 'fresh', topics });
      },
      onState: (state) => {
        onState(state);
        say({ kind: 'state', state });
      },
    });
    say({ kind: 'who' });
    listen();
    await new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
    leading.close();
    leading = null;
  };

  const take = () => {
    if (turn !== null) return;
    const { signal } = (turn = new AbortController());
    lead(signal, () => begin(signal));
    timer = setInterval(() => {
      tell();
      listen();
    }, REPEAT_MS);
  };
  const leave = () => {
    clearInterval(timer);
    turn?.abort();
    turn = null;
  };

  return {
    follow(topics) {
      mine = [...topics];
      if (mine.length > 0) take();
      tell();
      if (mine.length === 0) leave();
      listen();
    },
    close() {
      mine = [];
      tell();
      leave();
    },
  };
}
