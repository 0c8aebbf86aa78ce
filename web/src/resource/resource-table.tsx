/** The rows of a resource as a table, with every state a list can be in. */
import type { ReactNode } from 'react';

import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import type { Column, ResourceSpec } from '@/sdk/types';
import { Button } from '@/ui/button';
import type { List } from '@/ui/data';
import { DataTable, type TableColumn } from '@/ui/data-table';
import { Empty } from '@/ui/empty';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import { Cell, isNumeric } from './cell';
import { type Row, humanise, readField, textOf } from './row';

type ResourceTableProps = {
  spec: ResourceSpec;
  list: List<Row>;
  selected?: string | undefined;
  hrefOf?: (row: Row) => string;
  sort?: { by: string; onSort: (by: string) => void } | undefined;
  actions?: ((row: Row) => ReactNode) | undefined;
  /** Rows may be chosen for what is done with many at once. */
  choice?: { chosen: ReadonlySet<string>; onChoose: (keys: ReadonlySet<string>) => void } | undefined;
  empty: { filtered: boolean; action?: ReactNode; onClear?: () => void };
};

function sortOf(column: Column, sort: ResourceTableProps['sort']): TableColumn<Row>['sort'] {
  if (!column.sortable || sort === undefined) return undefined;
  const { by, onSort } = sort;
  const direction = by === column.field ? 'ascending' : by === `-${column.field}` ? 'descending' : 'none';
  return { direction, onSort: () => onSort(direction === 'ascending' ? `-${column.field}` : column.field) };
}

function choiceColumn(spec: ResourceSpec, { chosen, onChoose }: NonNullable<ResourceTableProps['choice']>): TableColumn<Row> {
  const render = (row: Row) => {
    const key = textOf(readField(row, spec.key));
    const next = new Set(chosen);
    if (!next.delete(key)) next.add(key);
    return <input type="checkbox" className="f-tick" aria-label={t('bulk.choose', { name: textOf(readField(row, spec.titleField)) })} checked={chosen.has(key)} onChange={() => onChoose(next)} />;
  };
  return { key: 'choice', label: t('bulk.column'), width: 'xs', render };
}

function columnsOf({ spec, hrefOf, sort, actions, choice }: ResourceTableProps): TableColumn<Row>[] {
  const shown = spec.columns.map((column): TableColumn<Row> => ({
    key: column.field,
    label: column.label || humanise(column.field),
    align: isNumeric(column.format) ? 'end' : undefined,
    width: column.width,
    hideBelow: column.hideBelow,
    sort: sortOf(column, sort),
    render: (row) => {
      const isName = column.field === spec.titleField && hrefOf !== undefined;
      if (!isName) return <Cell column={column} row={row} filters={spec.filters} />;
      return <a className="f-name f-clip" data-row-link="" href={hrefOf(row)} title={textOf(readField(row, column.field))}>{textOf(readField(row, column.field))}</a>;
    },
  }));
  const columns = choice === undefined ? shown : [choiceColumn(spec, choice), ...shown];
  if (actions === undefined) return columns;
  return [...columns, { key: 'actions', label: t('table.actions'), align: 'end', width: 'xs', render: actions }];
}

function EmptyBody({ spec: { empty } }: { spec: ResourceSpec }) {
  return <>{empty?.body}{empty?.docs && <> <a className="f-link" href={empty.docs}>{t('placeholder.docs')}</a></>}</>;
}

export function ResourceTable(props: ResourceTableProps) {
  const { spec, list, selected, empty } = props;
  if (list.pending) return <Skeleton />;
  if (list.error && list.rows.length === 0) return <ProblemCard error={list.error} title={t('list.failed', { what: said(spec.plural) })} onRetry={list.reload} />;
  if (list.rows.length === 0 && empty.filtered) {
    return <Empty title={t('list.no_match', { what: said(spec.plural) })} action={<Button onClick={empty.onClear}>{t('filter.clear')}</Button>} />;
  }
  if (list.rows.length === 0) {
    return <Empty title={spec.empty?.title || t('list.empty', { what: said(spec.plural) })} body={<EmptyBody spec={spec} />} action={empty.action} />;
  }
  return (
    <DataTable
      label={humanise(said(spec.plural))}
      columns={columnsOf(props)}
      rows={list.rows}
      rowKey={(row) => textOf(readField(row, spec.key))}
      selected={selected}
      list={list}
    />
  );
}
