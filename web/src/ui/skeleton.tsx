/** Bars of the real row height, drawn only when loading takes longer than 200 ms. */
import { t } from '@/i18n/t';

type SkeletonProps = { rows?: number };

export function Skeleton({ rows = 6 }: SkeletonProps) {
  return (
    <div className="f-skeleton" role="status">
      <span className="f-hidden">{t('loading')}</span>
      {/* Says so after three seconds, in CSS: nothing is drawn anew for it. */}
      {Array.from({ length: rows }, (_, row) => `bar-${row}`).map((bar) => <span key={bar} className="f-skeleton-bar" />)}
      <span className="f-slow">{t('slow.title')}</span>
    </div>
  );
}
