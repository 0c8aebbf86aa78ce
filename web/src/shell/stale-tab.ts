/** After a deploy an old tab asks for chunks that are gone: it loads anew, once, and for no other reason. */

const RELOADED = 'foundation.reloaded';

export type Tab = {
  /** The address of the script that the page began with. */
  entry: string;
  target: EventTarget;
  ask: (url: string, init: RequestInit) => Promise<Response>;
  kept: Pick<Storage, 'getItem' | 'setItem'>;
  reload: () => void;
};

/** Reload when a chunk did not come and the page is another one by now; without a network what stands stays, with all that is written in it. */
export function reloadAfterDeploy({ entry, target, ask, kept, reload }: Tab): void {
  const look = async () => {
    if (kept.getItem(RELOADED) === entry) return;
    const answer = await ask('/', { cache: 'no-store' });
    if (!answer.ok || (await answer.text()).includes(new URL(entry).pathname)) return;
    kept.setItem(RELOADED, entry);
    reload();
  };
  target.addEventListener('vite:preloadError', () => {
    look().catch(() => undefined); // nobody is there to ask
  });
}
