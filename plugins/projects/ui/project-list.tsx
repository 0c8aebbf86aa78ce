/** The projects one may see, narrowed through the address. */
import { Badge, Button, DataTable, Empty, PageHeader, ProblemCard, Skeleton, Status, type TableColumn, Time, useHost, useList, usePlace } from '@foundation/sdk/react';

import { ProjectFilters, useNarrowed } from './project-filters';
import { t } from './t';
import type { Project } from './types';

type ProjectListProps = { selected: string };
type NameProps = { project: Project };

/** What one looks at of a project stays when another is chosen. */
const KEPT = ['members', 'credentials', 'runs', 'history'];

function Name({ project }: NameProps) {
  const { route } = useHost();
  const { path, query } = usePlace();
  const [, view = ''] = path.split('/');
  const there = KEPT.includes(view) ? `${project.id}/${view}` : project.id;
  return (
    <span className="f-two">
      <a className="f-name f-clip" data-row-link="" href={route.href(there, query)} title={project.name}>{project.name}</a>
      <span className="f-meta f-clip">{project.slug}</span>
    </span>
  );
}

type Sort = TableColumn<Project>['sort'];

const columnsOf = (sort: Sort): TableColumn<Project>[] => [
  { key: 'name', label: t('name'), width: 'fill', sort, render: (row) => <Name project={row} /> },
  { key: 'tags', label: t('tags'), width: 'm', hideBelow: 'lg', render: (row) => (row.tags.length === 0 ? <span className="f-none">{t('none.tags')}</span> : <span className="pr-badges" title={row.tags.join(', ')}>{row.tags.slice(0, 3).map((tag) => <Badge key={tag}>{tag}</Badge>)}</span>) },
  { key: 'owner', label: t('owner'), width: 'm', hideBelow: 'md', render: (row) => <span className="f-clip">{row.owner?.name ?? t('owner.nobody')}</span> },
  { key: 'status', label: t('status'), width: 's', hideBelow: 'sm', render: (row) => <Status tone={row.status === 'active' ? 'good' : 'neutral'}>{t(row.status)}</Status> },
  { key: 'changed', label: t('changed'), width: 's', hideBelow: 'lg', render: (row) => <Time iso={row.updated_at} /> },
];

export function ProjectList({ selected }: ProjectListProps) {
  const { route, can } = useHost();
  const { path, query } = usePlace();
  const { asked, isNarrowed, clear } = useNarrowed();
  const list = useList<Project>('', { limit: 50, ...asked });
  const sort: Sort = {
    direction: asked.sort === '-name' ? 'descending' : 'ascending',
    onSort: () => route.go(path, { replace: true, query: { ...query, sort: asked.sort === '-name' ? '' : '-name' } }),
  };
  const create = can('projects:project:write') && <Button variant="primary" icon="plus" onClick={() => route.go('new', { query })}>{t('new')}</Button>;
  const none = can('projects:project:write') ? 'none.body' : 'none.ask';
  return (
    <>
      <PageHeader title={t('title')} description={t('about')}>{create}</PageHeader>
      <ProjectFilters />
      {list.pending && <Skeleton />}
      {list.error && list.rows.length === 0 && <ProblemCard error={list.error} title={t('failed')} onRetry={list.reload} />}
      {!list.pending && !list.error && list.rows.length === 0 && (isNarrowed
        ? <Empty title={t('none.match')} action={<Button onClick={clear}>{t('clear')}</Button>} />
        : <Empty title={t('none')} body={t(none)} action={create} />)}
      {list.rows.length > 0 && <DataTable label={t('title')} columns={columnsOf(sort)} rows={list.rows} rowKey={(row) => row.id} selected={selected} list={list} />}
    </>
  );
}
