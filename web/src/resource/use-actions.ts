/** What can be done with one row, asked about first where that is wanted, and taken back where it can be. */
import { t } from '@/i18n/t';
import type { Action, ResourceSpec } from '@/sdk/types';
import { useRefresh } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { problemWords } from '@/ui/problem-words';
import { type Row, fillPath, readField, textOf } from './row';

export type Runnable = { action: Action; run: () => Promise<void> };

function isOffered(action: Action, row: Row): boolean {
  return Object.entries(action.when ?? {}).every(([field, value]) => textOf(readField(row, field)) === value);
}

function versionTag(row: Row): { ifMatch?: string } {
  return typeof row['version'] === 'number' ? { ifMatch: `"${row['version']}"` } : {};
}

/** The actions that fit this row and this person. *onGone* is told when the row was deleted. */
export function useActions(spec: ResourceSpec, row: Row | undefined, onGone: () => void): Runnable[] {
  const host = useHost();
  const refresh = useRefresh();
  if (row === undefined) return [];
  const name = textOf(readField(row, spec.titleField));
  const send = (action: Action, path: string) => {
    const options = action.method === 'DELETE' ? versionTag(row) : {};
    return host.api.send(action.method, spec.path + fillPath(path, row), undefined, options);
  };
  const ask = ({ confirm, danger = false, title }: Action) => {
    if (confirm === undefined || confirm.level === 'none') return true;
    const type = confirm.level === 'type' ? { type: textOf(readField(row, confirm.typeField ?? spec.titleField)) } : {};
    return host.ui.confirm({ title: `${title}: ${name}`, body: confirm.body, danger, ok: title, ...type });
  };
  const run = async (action: Action) => {
    if (!(await ask(action))) return;
    const { undoPath } = action;
    try {
      await send(action, action.path);
      const isGone = action.method === 'DELETE';
      if (isGone) onGone();
      await refresh(isGone ? `${spec.path}/${encodeURIComponent(textOf(readField(row, spec.key)))}` : undefined);
      const undo = undoPath === undefined ? {} : { undo: async () => {
        await host.api.send('POST', spec.path + fillPath(undoPath, row));
        await refresh();
      } };
      host.ui.toast({ text: t('action.done', { action: action.title, name }), kind: 'good', ...undo });
    } catch (error) {
      const words = problemWords(error);
      host.ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
    }
  };
  return (spec.actions ?? [])
    .filter((action) => action.scope === 'item' && isOffered(action, row) && (action.permission === undefined || host.can(action.permission)))
    .map((action) => ({ action, run: () => run(action) }));
}
