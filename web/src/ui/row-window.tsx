/** Some rows of a long table: drawn while they are near the window, else a gap of the same height. */
import { type ReactNode, useEffect, useRef, useState } from 'react';

/** Tables with fewer rows than this are drawn whole. */
export const LONG = 200;
export const CHUNK = 50;
const NEAR = '1200px 0px';

type RowWindowProps = { columns: number; children: ReactNode };

export function RowWindow({ columns, children }: RowWindowProps) {
  const part = useRef<HTMLTableSectionElement>(null);
  const [gap, setGap] = useState<number | null>(null);
  useEffect(() => {
    const body = part.current;
    if (body === null || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry === undefined) return;
        // Whoever is in these rows with the keyboard stays there.
        const isInUse = entry.isIntersecting || body.contains(document.activeElement);
        setGap((known) => (isInUse ? null : known ?? body.offsetHeight));
      },
      { rootMargin: NEAR },
    );
    observer.observe(body);
    return () => observer.disconnect();
  }, []);
  return (
    <tbody ref={part}>
      {gap === null ? children : <tr aria-hidden="true" className="f-gap"><td colSpan={columns}><svg width={1} height={gap} /></td></tr>}
    </tbody>
  );
}

/** The rows in parts of a fixed size, each with a key that stays while rows are added at the end. */
export function chunksOf<T>(rows: T[]): { key: number; rows: T[] }[] {
  const chunks = [];
  for (let at = 0; at < rows.length; at += CHUNK) chunks.push({ key: at, rows: rows.slice(at, at + CHUNK) });
  return chunks;
}
