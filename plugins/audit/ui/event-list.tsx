/** Events, newest first; a row opens below itself, and what is open stands in the address. */
import { useCallback, useMemo, useState } from 'react';

import { Badge, Button, DataTable, Empty, Icon, PageHeader, ProblemCard, Skeleton, type TableColumn, Time, useHost, useList, usePlace } from '@foundation/sdk/react';
import { said } from '@foundation/sdk';

import { CountLine } from './count-line';
import { EventDetail } from './event-detail';
import { EventFilters, FILTERS } from './event-filters';
import { ExportMenu } from './export-menu';
import { ExportRun } from './export-run';
import { FilterBy } from './filter-by';
import { FilterChips } from './filter-chips';
import { JumpTo } from './jump-to';
import { LiveSwitch, LiveTail, isTailing } from './live-tail';
import { filtersFrom, filtersOf } from './filters-of';
import { toneOf, wordOf } from './outcome';
import { dayOf } from './range';
import { SavedFilters } from './saved-filters';
import { StandingLine } from './standing-line';
import { t } from './t';
import type { AuditEvent } from './types';
import { useNewer } from './use-newer';

const idOf = (event: AuditEvent) => event.id;

export function EventList() {
  const { route } = useHost();
  const { query } = usePlace();
  const [opened] = useState(Date.now); // "the last hour" is that of when the page was opened
  const { order, open } = query;
  const filters = filtersFrom(query, opened);
  const list = useList<AuditEvent>('', { limit: 50, order, ...filters });
  const newer = useNewer(filtersOf(query, opened), order === 'oldest' ? undefined : dayOf(query['at'])?.end);
  const rows = newer.rows.length === 0 ? list.rows : [...newer.rows, ...list.rows];
  const filtered = FILTERS.some((name) => query[name]);

  const onToggle = useCallback((id: string) => route.go('', { replace: true, query: { ...query, open: open === id ? undefined : id } }), [route, query, open]);
  const handleClear = () => route.go('', { replace: true });
  // The same while rows are added: then only the new ones are drawn.
  const columns = useMemo((): TableColumn<AuditEvent>[] => [
    {
      key: 'event',
      label: t('event'),
      width: 'fill',
      render: (event) => (
        <button type="button" className="au-toggle" data-row-link="" aria-expanded={open === event.id} onClick={() => onToggle(event.id)}>
          <Icon name="chevron-right" size={14} /> <span className="f-clip">{said(event.title) || event.type}</span>
          {event.installed === false && <Badge>{t('plugin.gone')}</Badge>}
        </button>
      ),
    },
    { key: 'actor', label: t('actor'), width: 'm', render: (event) => <FilterBy name="actor" value={event.actor.id} words={event.actor.name}><span className="f-clip" title={event.actor.name}>{event.actor.name || t('anonymous')}</span></FilterBy> },
    { key: 'target', label: t('target'), width: 'l', hideBelow: 'sm', render: (event) => <FilterBy name="target" value={event.target?.id} words={event.target?.title || t('target')}><span className="f-clip" title={event.target?.title}>{event.target?.title || event.target?.type || '–'}</span></FilterBy> },
    { key: 'outcome', label: t('outcome'), width: 's', hideBelow: 'md', render: (event) => <Badge tone={toneOf(event.outcome)}>{wordOf(event.outcome)}</Badge> },
    { key: 'time', label: t('time'), width: 's', render: (event) => <Time iso={event.occurred_at} /> },
  ], [open, onToggle]);
  const below = useCallback((event: AuditEvent) => (open === event.id ? <div className="f-expand"><EventDetail event={event} /></div> : null), [open]);

  return (
    <>
      <PageHeader title={t('title')} description={t('about')}><LiveSwitch /><SavedFilters /><ExportMenu filters={filtersOf(query, opened)} /></PageHeader>
      <StandingLine now={opened} />
      {query['export'] && <ExportRun key={query['export']} id={query['export']} onClose={() => route.go('', { replace: true, query: { ...query, export: undefined } })} />}
      <EventFilters />
      <FilterChips />
      {isTailing(query) && <LiveTail filters={filtersOf(query, opened)} newest={rows[0]?.id} onShow={list.reload} />}
      <div className="au-above">
        {rows.length > 0 && <CountLine filters={filtersOf(query, opened)} />}
        {newer.hasMore && !list.pending && <Button busy={newer.loading} onClick={newer.more}>{t('newer')}</Button>}
        <JumpTo />
      </div>
      {list.pending && <Skeleton rows={10} />}
      {list.error && rows.length === 0 && <ProblemCard error={list.error} title={t('failed')} onRetry={list.reload} />}
      {!list.pending && !list.error && rows.length === 0 && (
        <Empty title={filtered ? t('none.match') : t('none')} action={filtered && <Button onClick={handleClear}>{t('clear')}</Button>} />
      )}
      {rows.length > 0 && (
        <DataTable
          label={t('title')}
          columns={columns}
          rows={rows}
          rowKey={idOf}
          selected={open}
          below={below}
          list={list}
          endless
        />
      )}
    </>
  );
}
