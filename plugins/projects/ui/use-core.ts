/** Reads a route of another section, or of core, once for each place that asks. */
import { useEffect, useState } from 'react';

import type { Query } from '@foundation/sdk';
import { useHost } from '@foundation/sdk/react';

type Core<T> = { value: T | undefined; error: unknown };

export function useCore<T>(path: string, query?: Query): Core<T> {
  const { api } = useHost();
  const asked = JSON.stringify(query ?? {});
  const [state, setState] = useState<Core<T>>({ value: undefined, error: null });
  useEffect(() => {
    let gone = false;
    const settle = (next: Core<T>) => {
      if (!gone) setState(next);
    };
    const wanted = JSON.parse(asked) as Query; // made of a Query just above
    api.core<T>(path, wanted).then((value) => settle({ value, error: null }), (error: unknown) => settle({ value: undefined, error }));
    return () => {
      gone = true;
    };
  }, [api, path, asked]);
  return state;
}
