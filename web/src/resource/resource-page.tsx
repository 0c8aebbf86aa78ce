/** A whole page from a resource's declaration: list, filters, and a drawer that shows, makes or changes one. */
import { useState } from 'react';

import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import type { ResourceSpec } from '@/sdk/types';
import { Button } from '@/ui/button';
import { useList } from '@/ui/data';
import { useHost, usePlace } from '@/ui/host-context';
import { PageHeader } from '@/ui/page-header';
import { SplitPage } from '@/ui/split-page';
import { useFollow } from '@/ui/use-follow';
import { BulkBar } from './bulk-bar';
import { CreateDrawer } from './create-drawer';
import { DetailDrawer } from './detail-drawer';
import { Filters, activeFilters } from './filters';
import { LatestRuns } from './latest-runs';
import { PageActions } from './page-actions';
import { ResourceTable } from './resource-table';
import { type Row, humanise, readField, textOf } from './row';
import { actionsOf } from './use-actions';
import { useColumns } from './use-columns';
import { ViewOptions } from './view-options';

type ResourcePageProps = { spec: ResourceSpec; title?: string; runsOf?: string | undefined };

export function ResourcePage({ spec, title = humanise(said(spec.plural)), runsOf }: ResourcePageProps) {
  const host = useHost();
  const { route } = host;
  const { path, query } = usePlace();
  const [key = '', view = ''] = path.split('/');
  const filters = activeFilters(spec, query);
  const sortable = spec.columns.some((column) => column.sortable);
  const sort = query['sort'] ?? spec.defaultSort;
  const narrowed = { ...filters, ...(sortable && sort ? { sort } : {}) };
  const list = useList<Row>(spec.path, { limit: spec.pageSize ?? 50, ...narrowed });
  const columns = useColumns(`${host.section.id}.${spec.name}`);
  const shown = { ...spec, columns: spec.columns.filter((column) => !columns.hidden.has(column.field)) };
  useFollow(spec.live ?? null, list.follow);

  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choice = actionsOf(spec, 'bulk', host).length > 0 ? { chosen, onChoose: setChosen } : undefined;
  const handleQuery = (next: Record<string, string | undefined>) => route.go(path, { replace: true, query: next });
  const handleClose = () => route.go('', { query });
  const create = spec.create && (
    <Button variant="primary" icon="plus" onClick={() => route.go('new', { query })}>{t('resource.new', { what: said(spec.name) })}</Button>
  );
  const drawer = key === 'new' && spec.create
    ? <CreateDrawer spec={spec} form={spec.create} closeHref={route.href('', query)} onClose={handleClose} onCreated={(id) => route.go(id, { query, replace: true })} />
    : key !== '' && <DetailDrawer key={key} spec={spec} id={decodeURIComponent(key)} view={view} onClose={handleClose} />;

  return (
    <SplitPage drawer={drawer}>
      <PageHeader title={title}><PageActions spec={spec} />{create}</PageHeader>
      <Filters spec={spec} query={query} onChange={handleQuery}>
        <ViewOptions spec={spec} query={narrowed} hidden={columns.hidden} onToggle={columns.toggle} />
      </Filters>
      {choice && <BulkBar spec={spec} rows={list.rows} chosen={chosen} onChoose={setChosen} />}
      <ResourceTable
        choice={choice}
        spec={shown}
        list={list}
        selected={decodeURIComponent(key)}
        hrefOf={(row) => route.href(encodeURIComponent(textOf(readField(row, spec.key))), query)}
        sort={sortable ? { by: sort ?? '', onSort: (by) => handleQuery({ ...query, sort: by }) } : undefined}
        empty={{ filtered: Object.keys(filters).length > 0, action: create, onClear: () => route.go(path, { replace: true }) }}
      />
      {runsOf !== undefined && <LatestRuns plugin={runsOf} />}
    </SplitPage>
  );
}
