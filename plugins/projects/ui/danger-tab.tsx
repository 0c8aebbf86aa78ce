/** Putting a project away, taking it back, and ending it for good. */
import { Button, useHost } from '@foundation/sdk/react';
import { useState } from 'react';

import { PurgePlan } from './purge-plan';
import { t } from './t';
import type { Project } from './types';
import { useAct } from './use-act';

type DangerTabProps = { project: Project; onGone: () => void };

export function DangerTab({ project, onGone }: DangerTabProps) {
  const { api } = useHost();
  const act = useAct();
  const [busy, setBusy] = useState(false); // what is drawn at once has no version yet
  const { id, name } = project;
  const handleMove = async (...doing: Parameters<typeof act>) => {
    setBusy(true);
    await act(...doing);
    setBusy(false);
  };
  const move = async (verb: 'archive' | 'restore', version: number) => api.send<Project>('POST', `/${id}/${verb}`, undefined, { ifMatch: `"${version}"` });
  const restored = async (version: number) => {
    await move('restore', version);
    return { text: t('restored', { name }) };
  };
  const active = { project, change: { status: 'active' as const }, what: t('restore') };
  const handleArchive = () => void handleMove(async () => {
    const { version } = await move('archive', project.version);
    return { text: t('archived.toast', { name }), undo: { work: () => restored(version), drawn: active } };
  }, { project, change: { status: 'archived' }, what: t('archive') });
  if (project.status === 'active') {
    return (
      <section className="pr-danger" aria-labelledby="archive">
        <h3 id="archive">{t('archive')}</h3>
        <p>{t('archive.body')}</p>
        <Button icon="archive" busy={busy} onClick={handleArchive}>{t('archive')}</Button>
      </section>
    );
  }
  return (
    <>
      {project.may.includes('archive') && (
        <section className="pr-danger" aria-labelledby="restore">
          <h3 id="restore">{t('restore')}</h3>
          <p>{t('restore.body')}</p>
          <Button icon="archive-restore" busy={busy} onClick={() => void handleMove(() => restored(project.version), active)}>{t('restore')}</Button>
        </section>
      )}
      {project.may.includes('purge') && <PurgePlan project={project} onGone={onGone} />}
    </>
  );
}
