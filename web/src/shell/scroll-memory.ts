/** Back and forward find the page where it was left; a new section starts at its top. */
import type { HistoryLocation, RouterHistory } from '@tanstack/history';

function keyOf(location: HistoryLocation): string {
  return location.state.__TSR_key ?? location.href;
}

/** The page may still be coming: try each frame for about a second, until it is tall enough. */
function scrollBack(element: HTMLElement, top: number, tries = 60): void {
  element.scrollTo({ top });
  if (element.scrollTop + 1 < top && tries > 0) requestAnimationFrame(() => scrollBack(element, top, tries - 1));
}

export function rememberScroll(history: RouterHistory, element: HTMLElement): () => void {
  const seen = new Map<string, number>();
  let key = keyOf(history.location);
  const handleScroll = () => seen.set(key, element.scrollTop);
  element.addEventListener('scroll', handleScroll, { passive: true });
  const release = history.subscribe(({ location, action }) => {
    key = keyOf(location);
    if (action.type === 'PUSH' || action.type === 'REPLACE') return;
    const top = seen.get(key) ?? 0;
    requestAnimationFrame(() => scrollBack(element, top));
  });
  return () => {
    element.removeEventListener('scroll', handleScroll);
    release();
  };
}
