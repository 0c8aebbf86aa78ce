/** Follow a topic: what a page shows is read again when it changes, and now and then while nothing tells. */
import { useEffect, useRef } from 'react';

import type { LiveEvent, LiveState } from '@/sdk/types';
import { useHost } from './host-context';
import { useStore } from './store';

type FollowOptions = {
  /** Milliseconds between two readings, however often it changes. */
  gap?: number;
  /** How often to read while there is no stream; null leaves it to the person. */
  poll?: number | null;
};

export function useLiveState(): LiveState {
  return useStore(useHost().live.state);
}

/** Hear each event of *topic*; null follows nothing. */
export function useTopic(topic: string | null, onEvent: (event: LiveEvent) => void): void {
  const { live } = useHost();
  const latest = useRef(onEvent);
  useEffect(() => {
    latest.current = onEvent;
  }, [onEvent]);
  useEffect(() => (topic === null ? undefined : live.on(topic, (event) => latest.current(event))), [live, topic]);
}

/** Read again every so often while the tab is seen; null does not. */
export function usePoll(every: number | null, reload: () => void): void {
  const latest = useRef(reload);
  useEffect(() => {
    latest.current = reload;
  }, [reload]);
  useEffect(() => {
    if (every === null) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) latest.current();
    }, every);
    return () => clearInterval(timer);
  }, [every]);
}

export function useFollow(topic: string | null, reload: () => void, { gap = 1000, poll = null }: FollowOptions = {}): void {
  const state = useLiveState();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  const latest = useRef(reload);
  useEffect(() => {
    latest.current = reload;
  }, [reload]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useTopic(topic, ({ type }) => {
    if (type === 'place' || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      last.current = Date.now();
      latest.current();
    }, Math.max(0, last.current + gap - Date.now()));
  });
  usePoll(topic !== null && state !== 'live' ? poll : null, reload);
}
