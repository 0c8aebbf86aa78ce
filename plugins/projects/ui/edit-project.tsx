/** What a project says of itself; its slug stays. */
import { ChangeForm } from '@foundation/sdk/react';

import { CHANGE } from './forms';
import { t } from './t';
import type { Project } from './types';

type EditProjectProps = { project: Project; onDone: () => void };

export function EditProject({ project, onDone }: EditProjectProps) {
  return (
    <ChangeForm
      spec={{ schema: CHANGE, submit: t('save') }}
      path={`/${project.id}`}
      value={project}
      etag={`"${project.version}"`}
      rowOf={({ name, description, tags }) => ({ name, description, tags })}
      bodyOf={({ description, tags, ...rest }) => ({ ...rest, description: description ?? '', tags: tags ?? [] })}
      saved={({ name = project.name }) => t('saved', { name: String(name) })}
      onDone={onDone}
    />
  );
}
