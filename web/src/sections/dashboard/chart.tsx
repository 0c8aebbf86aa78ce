/** Bars over days: each a link to what happened on it, read out with its numbers. */
import { said } from '@/i18n/said';
import { shortDay } from '@/i18n/short-day';
import { t } from '@/i18n/t';
import { useHost } from '@/ui/host-context';
import type { ChartShape } from './types';

type ChartProps = { shape: ChartShape };
type BarProps = { shape: ChartShape; place: number; top: number };

const HEIGHT = 100;

function Bar({ shape, place, top }: BarProps) {
  const { env, fmt } = useHost();
  const point = shape.points[place];
  const values = shape.series.map((one) => one.values[place] ?? 0);
  const words = `${shortDay(env.value.locale, point?.label ?? '')}: ${shape.series.map((one, n) => `${said(one.name)} ${fmt.number(values[n] ?? 0)}`).join(', ')}`;
  const heights = values.map((value) => (value / top) * HEIGHT);
  const bars = (
    <svg viewBox={`0 0 10 ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {shape.series.map((one, n) => {
        const below = heights.slice(0, n).reduce((sum, height) => sum + height, 0);
        const height = heights[n] ?? 0;
        return <rect key={one.name} data-tone={one.tone} x="0" width="10" y={HEIGHT - below - height} height={height} />;
      })}
    </svg>
  );
  return point?.to ? <a href={point.to} aria-label={words} title={words}>{bars}</a> : <span title={words}>{bars}<span className="f-hidden">{words}</span></span>;
}

export function Chart({ shape }: ChartProps) {
  const { env, fmt } = useHost();
  const day = (at: number) => shortDay(env.value.locale, shape.points.at(at)?.label ?? '');
  const sums = shape.points.map((_, place) => shape.series.reduce((sum, one) => sum + (one.values[place] ?? 0), 0));
  const top = Math.max(1, ...sums);
  return (
    <div className="d-chart">
      <p className="f-meta d-scale">{t('dashboard.most', { n: fmt.number(Math.max(0, ...sums)), unit: said(shape.unit) })}</p>
      <ol className="d-bars">
        {shape.points.map((point, place) => <li key={point.label}><Bar shape={shape} place={place} top={top} /></li>)}
      </ol>
      <p className="d-axis f-meta"><span>{day(0)}</span><span>{day(-1)}</span></p>
      <ul className="d-legend">
        {shape.series.map((one) => <li key={one.name} className="f-meta"><span className="d-key" data-tone={one.tone} /> {said(one.name)}</li>)}
      </ul>
    </div>
  );
}
