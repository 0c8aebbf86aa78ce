/** Every plain link inside the app changes the page without loading it anew, whoever drew it. */
import type { RouterHistory } from '@tanstack/history';

function isOurs(anchor: HTMLAnchorElement): boolean {
  const { target, origin, pathname, dataset } = anchor;
  if (target !== '' && target !== '_self') return false;
  if (anchor.hasAttribute('download') || 'reload' in dataset) return false;
  return origin === window.location.origin && !pathname.startsWith('/api/');
}

function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

export function followLinks(history: RouterHistory, document: Document): () => void {
  const handleClick = (event: MouseEvent) => {
    const anchor = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(anchor instanceof HTMLAnchorElement) || !isPlainClick(event) || !isOurs(anchor)) return;
    const { pathname, search, hash } = anchor;
    if (hash !== '' && pathname === window.location.pathname) {
      event.preventDefault();
      document.querySelector<HTMLElement>(hash)?.focus(); // the skip link
      return;
    }
    event.preventDefault();
    history.push(pathname + search + hash);
  };
  document.addEventListener('click', handleClick);
  return () => document.removeEventListener('click', handleClick);
}
