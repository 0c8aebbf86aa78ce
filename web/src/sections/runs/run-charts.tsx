/** How runs ended and how long they took, day by day: two small pictures, and the table they are drawn from. */
import { useState } from 'react';

import { shortDay } from '@/i18n/short-day';
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { useData } from '@/ui/data';
import { useHost, usePlace } from '@/ui/host-context';
import { lasted } from '@/ui/run-state';
import { useFollow } from '@/ui/use-follow';
import type { DayView } from './run-types';

type DaysProps = { days: DayView[] };
type ChartProps = DaysProps & { label: string; top: string };

const [WIDTH, HEIGHT, GAP] = [280, 64, 4];
const PARTS = ['succeeded', 'cancelled', 'failed', 'open'] as const;
const COLUMNS = ['day', ...PARTS, 'median', 'longest'] as const;

function Frame({ days, label, top, children }: ChartProps & { children: React.ReactNode }) {
  const { locale } = useHost().env.value;
  const [first, last] = [days[0], days.at(-1)];
  return (
    <figure className="f-chart">
      <figcaption><span>{label}</span><span className="f-num">{top}</span></figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={`${label}: ${top}`}>{children}</svg>
      <span className="f-chart-axis f-num"><span>{first && shortDay(locale, first.day)}</span><span>{last && shortDay(locale, last.day)}</span></span>
    </figure>
  );
}

function Outcomes({ days }: DaysProps) {
  const most = Math.max(1, ...days.map((day) => PARTS.reduce((sum, part) => sum + day[part], 0)));
  const step = WIDTH / days.length;
  const total = (part: (typeof PARTS)[number]) => days.reduce((sum, day) => sum + day[part], 0);
  const words = t('runs.chart.sum', { good: String(total('succeeded')), bad: String(total('failed')) });
  return (
    <Frame days={days} label={t('runs.chart.outcomes')} top={words}>
      {days.map((day, at) => {
        let below = HEIGHT;
        return PARTS.map((part) => {
          const height = (day[part] / most) * HEIGHT;
          below -= height;
          return height > 0 && <rect key={`${day.day}${part}`} className="f-chart-bar" data-part={part} x={at * step + GAP / 2} y={below} width={Math.max(1, step - GAP)} height={height} />;
        });
      })}
    </Frame>
  );
}

function Durations({ days }: DaysProps) {
  const longest = Math.max(0, ...days.map((day) => day.longest_s ?? 0));
  const step = WIDTH / days.length;
  const y = (seconds: number) => HEIGHT - 2 - (seconds / (longest || 1)) * (HEIGHT - 4);
  return (
    <Frame days={days} label={t('runs.chart.durations')} top={longest === 0 ? '–' : t('runs.chart.up_to', { time: lasted(longest) })}>
      {days.map((day, at) => day.median_s !== null && day.longest_s !== null && (
        <g key={day.day}>
          <rect className="f-chart-span" x={at * step + step / 2 - 1} y={y(day.longest_s)} width={2} height={Math.max(0, y(day.median_s) - y(day.longest_s))} />
          <rect className="f-chart-mark" x={at * step + GAP / 2} y={y(day.median_s) - 1} width={Math.max(1, step - GAP)} height={3} />
        </g>
      ))}
    </Frame>
  );
}

function DayTable({ days }: DaysProps) {
  const { locale } = useHost().env.value;
  const time = (seconds: number | null) => (seconds === null ? '–' : lasted(seconds));
  return (
    // A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable).
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="f-table-scroll f-chart-table" role="region" aria-label={t('runs.chart.table')} tabIndex={0}>
      <table className="f-table">
        <thead><tr>{COLUMNS.map((name) => <th key={name} scope="col" data-align={name === 'day' ? undefined : 'end'}>{t(`runs.chart.${name}`)}</th>)}</tr></thead>
        <tbody>
          {[...days].reverse().map((day) => (
            <tr key={day.day}>
              <td>{shortDay(locale, day.day)}</td>
              {PARTS.map((part) => <td key={part} data-align="end">{day[part]}</td>)}
              <td data-align="end">{time(day.median_s)}</td>
              <td data-align="end">{time(day.longest_s)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function RunCharts() {
  const { env } = useHost();
  const { query } = usePlace();
  const [asTable, setAsTable] = useState(false);
  const { kind, plugin, project_id: project } = query;
  const { value, reload } = useData<{ days: DayView[] }>('/statistics', { days: 14, zone: env.value.timeZone, kind, plugin, project_id: project });
  useFollow('runs.run', reload, { gap: 5000 });
  if (!value || value.days.every((day) => PARTS.every((part) => day[part] === 0))) return null;
  return (
    <section className="f-charts" aria-label={t('runs.chart.title')}>
      {asTable ? <DayTable days={value.days} /> : <><Outcomes days={value.days} /><Durations days={value.days} /></>}
      <Button variant="ghost" icon={asTable ? 'activity' : 'list'} aria-pressed={asTable} aria-label={t('runs.chart.as_table')} onClick={() => setAsTable(!asTable)} />
    </section>
  );
}
