/** One project in a drawer: its tabs, each with an address. */
import type { ReactNode } from 'react';

import { Banner, Button, Drawer, Empty, LatestRuns, ObjectHistory, ProblemCard, Skeleton, useData, useHost, usePlace } from '@foundation/sdk/react';

import { CredentialsTab } from './credentials-tab';
import { DangerTab } from './danger-tab';
import { EditProject } from './edit-project';
import { MembersTab } from './members-tab';
import { Overview } from './overview';
import { t } from './t';
import type { Project } from './types';

type ProjectDetailProps = { id: string; view: string; onClose: () => void };
type TabsProps = { project: Project; view: string };

const TABS = ['overview', 'members', 'credentials', 'runs', 'history', 'danger'] as const;

function Tabs({ project, view }: TabsProps) {
  const { route, can } = useHost();
  const { query } = usePlace();
  const has: Record<(typeof TABS)[number], boolean> = {
    overview: true,
    members: true,
    credentials: true,
    runs: can('runs:run:read'),
    history: project.role !== null || can('audit:event:read'),
    danger: project.may.includes('archive') || project.may.includes('purge'),
  };
  return (
    <nav className="f-tabs" aria-label={t('tabs')}>
      {TABS.filter((tab) => has[tab]).map((tab) => (
        <a key={tab} href={route.href(tab === 'overview' ? project.id : `${project.id}/${tab}`, query)} aria-current={tab === (view || 'overview') ? 'page' : undefined}>{t(`tab.${tab}`)}</a>
      ))}
    </nav>
  );
}

function NoRuns({ project }: { project: Project }) {
  const { can } = useHost();
  const may = can('runs:run:operate') && project.may.includes('edit');
  return <Empty title={t('runs.none')} body={t('runs.none.body')} action={may && <a className="f-btn" data-variant="secondary" href={`/s/runs/start?project_id=${project.id}`}>{t('runs.start')}</a>} />;
}

function body(project: Project, view: string, onDone: () => void, onClose: () => void): ReactNode {
  switch (view) {
    case 'edit': return <EditProject project={project} onDone={onDone} />;
    case 'members': return <MembersTab project={project} onLeft={onClose} />;
    case 'credentials': return <CredentialsTab project={project} />;
    case 'runs': return <LatestRuns project={project.id} limit={20} empty={<NoRuns project={project} />} />;
    case 'history': return <ObjectHistory project={project.id} route={`/projects/${project.id}/history`} limit={20} />;
    case 'danger': return <DangerTab project={project} onGone={onClose} />;
    default: return <Overview project={project} />;
  }
}

export function ProjectDetail({ id, view, onClose }: ProjectDetailProps) {
  const { route } = useHost();
  const { query } = usePlace();
  const { value: project, error, reload } = useData<Project>(`/${encodeURIComponent(id)}`);
  const editing = view === 'edit';
  const show = (next: string) => route.go(next === '' ? id : `${id}/${next}`, { query });
  return (
    <Drawer
      title={project === undefined ? t('one') : editing ? t('edit.title', { name: project.name }) : project.name}
      subtitle={project && !editing ? project.slug : undefined}
      closeHref={route.href('', query)}
      onClose={onClose}
      actions={project?.may.includes('edit') && !editing && <Button icon="pencil" onClick={() => show('edit')}>{t('edit')}</Button>}
    >
      {error && !project && <ProblemCard error={error} onRetry={reload} />}
      {!error && !project && <Skeleton rows={4} />}
      {project && !editing && <Tabs project={project} view={view} />}
      {project?.status === 'archived' && view === '' && <Banner tone="info">{t('archived.note')}</Banner>}
      {project && body(project, view, () => show(''), onClose)}
    </Drawer>
  );
}
