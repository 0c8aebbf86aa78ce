/** Read a list again every two seconds while something in it is going on and the tab is seen. */
import { useEffect, useRef } from 'react';

export function useFollow(active: boolean, reload: () => void, every = 2000): void {
  const latest = useRef(reload);
  useEffect(() => {
    latest.current = reload;
  }, [reload]);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) latest.current();
    }, every);
    return () => clearInterval(timer);
  }, [active, every]);
}
