/** Where a page is, inside its section: the part of the address that is the page's own. */
import type { RouterHistory } from '@tanstack/history';

import type { Place, Route } from '@/sdk/types';

function readPlace(history: RouterHistory, base: string): Place {
  const { pathname, search } = history.location;
  const path = pathname.startsWith(base) ? pathname.slice(base.length).replace(/^\/|\/$/g, '') : '';
  return { path, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** Build the address of *path* below *base*. */
export function placeHref(base: string, path: string, query: Record<string, string | undefined> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) params.set(name, value);
  const tail = path.replace(/^\//, '');
  const url = tail === '' ? base : `${base.replace(/\/$/, '')}/${tail}`;
  return params.size === 0 ? url : `${url}?${params.toString()}`;
}

/** A route of one section, until *left*. Its value is the same object until the address changes. */
export function createRoute(history: RouterHistory, base: string, ask: (reason: string) => Promise<boolean>, left?: AbortSignal): Route {
  let place = readPlace(history, base);
  let seen = history.location.href;
  const read = () => {
    if (history.location.href !== seen) {
      seen = history.location.href;
      place = readPlace(history, base);
    }
    return place;
  };
  return {
    get value() {
      return read();
    },
    subscribe: (listener) => history.subscribe(() => listener(read())),
    go(path, { replace = false, query } = {}) {
      if (left?.aborted) return; // what was still under way fetches nobody back
      const href = placeHref(base, path, query);
      if (replace) history.replace(href);
      else history.push(href);
    },
    block: (reason) => history.block({ blockerFn: async () => !(await ask(reason)), enableBeforeUnload: true }),
    href: (path, query) => placeHref(base, path, query),
  };
}
