/** Which actions are offered here: those of the scope that this person may do and that fit the row. */
import type { Action, Host, ResourceSpec } from '@/sdk/types';
import { useHost } from '@/ui/host-context';
import { type Row, readField, textOf } from './row';
import { useRunner } from './use-runner';

export type Runnable = { action: Action; run: () => Promise<void> };

export function isOffered(action: Action, row: Row): boolean {
  return Object.entries(action.when ?? {}).every(([field, value]) => textOf(readField(row, field)) === value);
}

export function actionsOf(spec: ResourceSpec, scope: Action['scope'], host: Host): Action[] {
  return (spec.actions ?? []).filter((action) => action.scope === scope && (action.permission === undefined || host.can(action.permission)));
}

/** The actions that fit this row and this person. *onGone* is told when the row was deleted. */
export function useActions(spec: ResourceSpec, row: Row | undefined, onGone: () => void): Runnable[] {
  const host = useHost();
  const run = useRunner(spec, onGone);
  if (row === undefined) return [];
  return actionsOf(spec, 'item', host)
    .filter((action) => isOffered(action, row))
    .map((action) => ({ action, run: async () => { await run(action, [row]); } }));
}
