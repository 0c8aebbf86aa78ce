/** A value that can be watched; the smallest thing that React and plain pages can both use. */
import { useCallback, useSyncExternalStore } from 'react';

import type { Store } from '@/sdk/types';

export type WritableStore<T> = Store<T> & { set(value: T): void; update(change: (value: T) => T): void };

export function createStore<T>(initial: T): WritableStore<T> {
  let value = initial;
  const listeners = new Set<(value: T) => void>();
  const store: WritableStore<T> = {
    get value() {
      return value;
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener(value);
    },
    update(change) {
      store.set(change(value));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return store;
}

export function useStore<T>(store: Store<T>): T {
  const subscribe = useCallback((notify: () => void) => store.subscribe(notify), [store]); // the same one, else each drawing subscribes anew
  return useSyncExternalStore(subscribe, () => store.value);
}
