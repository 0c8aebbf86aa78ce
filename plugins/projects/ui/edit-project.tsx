/** What a project says of itself; its slug stays. */
import { SchemaForm, isProblem, useHost, useLeaveGuard, useRefresh } from '@foundation/sdk/react';

import { CHANGE } from './forms';
import { t } from './t';
import type { Project } from './types';

type EditProjectProps = { project: Project; onDone: () => void };

export function EditProject({ project, onDone }: EditProjectProps) {
  const { api, ui } = useHost();
  const refresh = useRefresh();
  const guard = useLeaveGuard();
  const { id, version, name, description, tags } = project;
  const handleSubmit = async ({ description: words = '', tags: marks = [], ...rest }: Record<string, unknown>) => {
    try {
      await api.send('PATCH', `/${id}`, { ...rest, description: words ?? '', tags: marks ?? [] }, { ifMatch: `"${version}"` });
    } catch (error) {
      if (isProblem(error) && error.status === 412) void refresh(); // so that the next try has the newer version
      throw error;
    }
    guard(false);
    await refresh();
    ui.toast({ text: t('saved', { name }), kind: 'good' });
    onDone();
  };
  return <SchemaForm spec={{ schema: CHANGE, submit: t('save') }} value={{ name, description, tags }} onSubmit={handleSubmit} onCancel={onDone} onDirty={guard} />;
}
