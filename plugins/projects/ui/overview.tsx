/** What a project says of itself. */
import { Badge, CopyButton, DetailsList, Status, Time, useHost, usePlace } from '@foundation/sdk/react';

import { t } from './t';
import type { Project } from './types';

type OverviewProps = { project: Project };

export function Overview({ project }: OverviewProps) {
  const { route } = useHost();
  const { query } = usePlace();
  const tags = project.tags.map((tag) => <a key={tag} href={route.href('', { ...query, tag })}><Badge>{tag}</Badge></a>);
  return (
    <>
      <p className={project.description === '' ? 'f-meta' : 'pr-words'}>{project.description || t('description.none')}</p>
      <DetailsList
        entries={[
          { key: 'slug', label: t('slug'), value: <><code className="f-code">{project.slug}</code> <CopyButton text={project.slug} what={t('slug')} /></> },
          { key: 'status', label: t('status'), value: <Status tone={project.status === 'active' ? 'good' : 'neutral'}>{t(project.status)}</Status> },
          { key: 'owner', label: t('owner'), value: project.owner ? `${project.owner.name} (${project.owner.email})` : t('owner.nobody') },
          { key: 'role', label: t('role.yours'), value: project.role === null ? t('role.none') : t(`role.${project.role}`) },
          { key: 'tags', label: t('tags'), value: tags.length === 0 ? <span className="f-none">{t('none.tags')}</span> : <span className="pr-badges">{tags}</span> },
          { key: 'created', label: t('created'), value: <Time iso={project.created_at} /> },
          { key: 'changed', label: t('changed'), value: <Time iso={project.updated_at} /> },
        ]}
      />
    </>
  );
}
