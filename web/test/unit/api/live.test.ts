/** Live updates without a browser: a stream that breaks and moves, tabs that share it, topics that are heard. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { createLive } from '@/api/live';
import { type Channel, type Said, createShare } from '@/api/live-share';
import { type LiveMessage, type Source, type Stream, type StreamParts, createStream } from '@/api/live-stream';
import type { LiveState } from '@/sdk/types';

class FakeSource implements Source {
  onmessage: Source['onmessage'] = null;
  onerror: Source['onerror'] = null;
  isClosed = false;
  readonly url: string;
  constructor(url: string) {
    this.url = url;
  }
  close() {
    this.isClosed = true;
  }
  say(type: string, topic = '', id = '', data: unknown = {}) {
    this.onmessage?.({ data: JSON.stringify({ topic, type, data }), lastEventId: id });
  }
  get query() {
    return new URL(this.url, 'http://x').searchParams;
  }
}

function world() {
  const sources: FakeSource[] = [];
  const heard: LiveMessage[] = [];
  const fresh: string[][] = [];
  const states: LiveState[] = [];
  const parts: Omit<StreamParts, 'open'> = {
    onMessage: (message) => heard.push(message),
    onFresh: (topics) => fresh.push(topics),
    onState: (state) => states.push(state),
    random: () => 0.5,
  };
  const open = (url: string) => {
    const source = new FakeSource(url);
    sources.push(source);
    return source;
  };
  const newest = () => sources.at(-1) ?? new FakeSource('');
  return { sources, heard, fresh, states, parts, open, newest };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('a stream', () => {
  test('gathers topics, and goes on where it was when they change, without a gap', () => {
    const { sources, heard, fresh, states, parts, open, newest } = world();
    const stream = createStream({ open, ...parts });
    stream.follow(['b'], '');
    stream.follow(['b', 'a'], '');
    vi.advanceTimersByTime(100);
    expect(sources.map(({ query }) => query.get('topics'))).toEqual(['a,b']);
    newest().say('open');
    newest().say('events', 'a', 'a=1.2');
    stream.follow(['a', 'b', 'c'], '');
    vi.advanceTimersByTime(100);

    const [first, second] = sources;
    expect(second?.query.get('after')).toBe('a=1.2');
    expect(first?.isClosed).toBe(false);
    second?.say('open');
    expect(first?.isClosed).toBe(true);
    expect(fresh).toEqual([['a', 'b'], ['c']]); // only what is new is looked at once more
    expect(heard.map(({ type }) => type)).toEqual(['events']);
    expect(states).toEqual(['live', 'live']);
  });

  test('that breaks comes back later and later, and all is looked at once more', () => {
    const { sources, fresh, states, parts, open, newest } = world();
    const stream = createStream({ open, ...parts });
    stream.follow(['a'], '');
    vi.advanceTimersByTime(100);
    newest().say('open');
    newest().onerror?.();
    expect(states.at(-1)).toBe('retrying');
    vi.advanceTimersByTime(1_100);
    expect(sources).toHaveLength(2);
    newest().onerror?.();
    vi.advanceTimersByTime(1_100);
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    newest().say('open');
    expect(fresh).toEqual([['a'], ['a']]);
    expect(states.at(-1)).toBe('live');
  });

  test('of a worker that drains comes back at once, elsewhere', () => {
    const { sources, parts, open, newest } = world();
    createStream({ open, ...parts }).follow(['a'], '');
    vi.advanceTimersByTime(100);
    newest().say('open');
    newest().say('end', '', '', { reason: 'drain' });
    vi.advanceTimersByTime(300);
    expect(sources).toHaveLength(2);
  });

  test('of nothing is closed', () => {
    const { states, parts, open, newest } = world();
    const stream = createStream({ open, ...parts });
    stream.follow(['a'], '');
    vi.advanceTimersByTime(100);
    stream.follow([], '');
    expect(newest().isClosed).toBe(true);
    expect(states.at(-1)).toBe('off');
  });
});

/** Tabs of one browser: a lock, and a channel on which each hears all others. */
function browser() {
  const channels: Channel[] = [];
  const queue: (() => void)[] = [];
  let held = false;
  const next = () => {
    if (!held) queue.shift()?.();
  };
  const tab = (name: string) => {
    const { sources, heard, fresh, states, parts, open } = world();
    const channel: Channel = {
      onmessage: null,
      postMessage: (said: Said) => channels.filter((one) => one !== channel).forEach((one) => one.onmessage?.({ data: said })),
    };
    channels.push(channel);
    const share = createShare({
      ...parts,
      tab: name,
      channel,
      lead: (signal, work) => {
        queue.push(() => {
          if (signal.aborted) return next();
          held = true;
          void work().then(() => {
            held = false;
            next();
          });
          return undefined;
        });
        next();
      },
      stream: (inner) => createStream({ open, ...inner }),
    });
    return { sources, heard, fresh, states, share };
  };
  return { tab };
}

describe('tabs', () => {
  test('have one stream of all they follow, and each hears it', () => {
    const { tab } = browser();
    const [one, two] = [tab('1'), tab('2')];
    one.share.follow(['a'], '');
    two.share.follow(['b'], '');
    vi.advanceTimersByTime(100);
    expect(two.sources).toEqual([]);
    expect(one.sources.at(-1)?.query.get('topics')).toBe('a,b');
    one.sources.at(-1)?.say('open');
    one.sources.at(-1)?.say('changed', 'b');
    expect(two.heard).toEqual([{ topic: 'b', type: 'changed', data: {} }]);
    expect(two.states.at(-1)).toBe('live');
  });

  test('go on when the one that listens leaves, at the place it had reached', async () => {
    const { tab } = browser();
    const [one, two] = [tab('1'), tab('2')];
    one.share.follow(['a'], '');
    two.share.follow(['a'], '');
    vi.advanceTimersByTime(100);
    one.sources.at(-1)?.say('open');
    one.sources.at(-1)?.say('events', 'a', 'a=1.7');
    one.share.close();
    await vi.advanceTimersByTimeAsync(200);
    expect(one.sources.at(-1)?.isClosed).toBe(true);
    expect(two.sources.at(-1)?.query.get('after')).toBe('a=1.7');
  });

  test('that say nothing for a while are forgotten', () => {
    const { tab } = browser();
    const [one, two] = [tab('1'), tab('2')];
    one.share.follow(['a'], '');
    two.share.follow(['b'], '');
    vi.advanceTimersByTime(100);
    two.share.follow([], ''); // as a tab does that is hidden
    vi.advanceTimersByTime(100);
    expect(one.sources.at(-1)?.query.get('topics')).toBe('a');
  });
});

describe('a page', () => {
  function fakeStream() {
    const followed: string[][] = [];
    let parts: Omit<StreamParts, 'open'> | undefined;
    const stream = (given: Omit<StreamParts, 'open'>): Stream => {
      parts = given;
      return { follow: (topics) => followed.push([...topics]), close: () => undefined };
    };
    return { followed, stream, parts: () => parts };
  }

  test('hears its own topics until it leaves', () => {
    const { followed, stream, parts } = fakeStream();
    const live = createLive({ stream });
    const heard: string[] = [];
    const off = live.on('a', ({ type }) => heard.push(type));
    live.on('b', () => undefined);
    parts()?.onFresh(['a']);
    parts()?.onMessage({ topic: 'a', type: 'changed', data: {} }, '');
    parts()?.onMessage({ topic: 'c', type: 'changed', data: {} }, '');
    off();
    parts()?.onMessage({ topic: 'a', type: 'changed', data: {} }, '');
    expect(heard).toEqual(['open', 'changed']);
    expect(followed).toEqual([['a'], ['a', 'b'], ['b']]);
  });

  test('that nobody looks at lets go after a while, and comes back', () => {
    const { followed, stream } = fakeStream();
    const listeners: (() => void)[] = [];
    const tab = { hidden: false, addEventListener: (_: string, listener: () => void) => void listeners.push(listener) };
    const live = createLive({ stream, tab, hiddenMs: 1_000 });
    live.on('a', () => undefined);
    tab.hidden = true;
    listeners[0]?.();
    vi.advanceTimersByTime(900);
    expect(followed.at(-1)).toEqual(['a']);
    vi.advanceTimersByTime(200);
    expect(followed.at(-1)).toEqual([]);
    tab.hidden = false;
    listeners[0]?.();
    expect(followed.at(-1)).toEqual(['a']);
  });

  test('without streams is told so', () => {
    const live = createLive({ stream: null });
    live.on('a', () => undefined);
    expect(live.state.value).toBe('off');
  });
});
