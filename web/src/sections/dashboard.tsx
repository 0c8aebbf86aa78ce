/** Is anything wrong? Figures that lead to their lists, the health of each part, then what happened last. */
import type { DashboardTile, DashboardView, HealthPart } from '@/api/wire';
import { t } from '@/i18n/t';
import { useData } from '@/ui/data';
import { Empty } from '@/ui/empty';
import { PageHeader } from '@/ui/page-header';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import { Status } from '@/ui/badge';
import { RecentEvents } from './recent-events';

type TileProps = { tile: DashboardTile };
type HealthProps = { parts: HealthPart[] };

function Tile({ tile }: TileProps) {
  const inside = (
    <>
      <span className="f-tile-title">{tile.title}</span>
      <span className="f-figure f-num">{tile.value ?? '–'}</span>
      {tile.detail && <span className="f-tile-detail" data-tone={tile.tone}>{tile.detail}</span>}
    </>
  );
  return tile.to ? <a className="f-tile" href={tile.to}>{inside}</a> : <div className="f-tile">{inside}</div>;
}

function Health({ parts }: HealthProps) {
  return (
    <section className="f-section" aria-labelledby="health">
      <h2 id="health">{t('dashboard.health')}</h2>
      <ul className="f-rows">
        {parts.map((part) => (
          <li key={part.name}>
            <span className="f-name">{part.name}</span>
            <span className="f-meta f-clip" title={part.detail ?? ''}>{part.detail}</span>
            <Status tone={part.ok ? 'good' : part.required ? 'bad' : 'warn'}>{part.ok ? t('health.ok') : t('health.bad')}</Status>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Dashboard() {
  const { value, error, pending, reload } = useData<DashboardView>('');
  return (
    <>
      <PageHeader title={t('dashboard.title')} />
      {pending && <Skeleton rows={4} />}
      {error && !value && <ProblemCard error={error} onRetry={reload} />}
      {value && (
        <>
          <div className="f-tiles">{value.tiles.map((tile) => <Tile key={tile.key} tile={tile} />)}</div>
          <div className="f-columns">
            {value.events && <RecentEvents events={value.events} />}
            {value.health.length > 0 && <Health parts={value.health} />}
          </div>
          {value.tiles.length === 0 && value.health.length === 0 && <Empty title={t('dashboard.empty')} />}
        </>
      )}
    </>
  );
}
