/** A page in a chunk of its own: drawn at once when it is already here, with bars while it comes. */
import { type ComponentType, useEffect, useState } from 'react';

import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';

export type LazyPage<P extends object> = { (props: P): React.JSX.Element; preload: () => Promise<unknown> };

export function lazyPage<P extends object>(load: () => Promise<ComponentType<P>>): LazyPage<P> {
  let ready: ComponentType<P> | null = null;
  const bring = async () => {
    ready ??= await load();
    return ready;
  };
  function Lazy(props: P) {
    const [Page, setPage] = useState<ComponentType<P> | null>(() => ready);
    const [error, setError] = useState<unknown>(null);
    useEffect(() => {
      if (Page !== null || error !== null) return;
      bring().then((found) => setPage(() => found), setError);
    }, [Page, error]);
    if (error !== null) return <ProblemCard error={error} onRetry={() => setError(null)} />;
    return Page === null ? <Skeleton reads={false} /> : <Page {...props} />;
  }
  return Object.assign(Lazy, { preload: bring });
}
