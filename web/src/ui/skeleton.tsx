/** Bars of the real row height, drawn only when loading takes longer than 200 ms. */
import { t } from '@/i18n/t';

type SkeletonProps = { rows?: number };

export function Skeleton({ rows = 6 }: SkeletonProps) {
  return (
    <div className="f-skeleton" role="status">
      <span className="f-hidden">{t('loading')}</span>
      {Array.from({ length: rows }, (_, row) => `bar-${row}`).map((bar) => <span key={bar} className="f-skeleton-bar" />)}
    </div>
  );
}
