/** Printing, and the browser's own search, know only what is drawn: for them a long list is drawn whole. */
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Up to so many rows. */
const WHOLE = 2000;

export function useWhole(count: number): boolean {
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    const handlePrint = () => flushSync(() => setAsked(count));
    const handleDone = () => setAsked(0);
    const handleKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key === 'f') setAsked(count);
    };
    window.addEventListener('beforeprint', handlePrint);
    window.addEventListener('afterprint', handleDone);
    window.addEventListener('keydown', handleKey);
    return () => {
      window.removeEventListener('beforeprint', handlePrint);
      window.removeEventListener('afterprint', handleDone);
      window.removeEventListener('keydown', handleKey);
    };
  }, [count]);
  return asked === count && count <= WHOLE;
}
