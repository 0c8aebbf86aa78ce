/** Which columns of a list somebody hides, remembered for each list in this browser. */
import { useState } from 'react';

type Columns = { hidden: ReadonlySet<string>; toggle: (field: string) => void };

function read(key: string): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return new Set(Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string') : []);
  } catch {
    return new Set();
  }
}

export function useColumns(list: string): Columns {
  const key = `foundation.columns.${list}`;
  const [hidden, setHidden] = useState(() => read(key));
  return {
    hidden,
    toggle(field) {
      const next = new Set(hidden);
      if (!next.delete(field)) next.add(field);
      setHidden(next);
      try {
        localStorage.setItem(key, JSON.stringify([...next]));
      } catch {
        // Storage is switched off: hidden until the tab is closed.
      }
    },
  };
}
