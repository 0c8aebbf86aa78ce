/** Bars of the real row height, drawn only when loading takes longer than 200 ms; after three seconds it can be given up. */
import { useContext } from 'react';

import { t } from '@/i18n/t';
import { HostContext } from './host-context';

type SkeletonProps = { rows?: number; /** Code that comes cannot be stopped, what is read can. */ reads?: boolean };

export function Skeleton({ rows = 6, reads = true }: SkeletonProps) {
  const host = useContext(HostContext);
  return (
    <div className="f-skeleton" role="status">
      <span className="f-hidden">{t('loading')}</span>
      {/* Says so after three seconds, in CSS: nothing is drawn anew for it. */}
      {Array.from({ length: rows }, (_, row) => `bar-${row}`).map((bar) => <span key={bar} className="f-skeleton-bar" />)}
      <span className="f-slow">
        {t('slow.title')} {reads && host && <button type="button" className="f-btn" data-variant="ghost" onClick={() => host.api.stop()}>{t('slow.stop')}</button>}
      </span>
    </div>
  );
}
