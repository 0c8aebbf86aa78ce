/** Whether the browser has a network, and since when it has not. */
import { useSyncExternalStore } from 'react';

function subscribe(notify: () => void): () => void {
  window.addEventListener('online', notify);
  window.addEventListener('offline', notify);
  return () => {
    window.removeEventListener('online', notify);
    window.removeEventListener('offline', notify);
  };
}

/** Only a clear "no" counts: some browsers know nothing of it. */
export function isOnline(): boolean {
  const known = navigator.onLine as boolean | undefined; // absent where there is no network to speak of
  return known !== false;
}

export function useOnline(): boolean {
  return useSyncExternalStore(subscribe, isOnline);
}
