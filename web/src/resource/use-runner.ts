/** Does an action on one row, on those that were chosen, or on none: asks first, sends, says what came of it, takes it back. */
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import type { Action, Host, ResourceSpec } from '@/sdk/types';
import { useDraw, useRefresh } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { problemWords } from '@/ui/problem-words';
import { type Row, fillPath, readField, textOf } from './row';
import type { Values } from './schema-validate';

export type Runner = (action: Action, rows: readonly Row[]) => Promise<Row[]>;
type Outcome = { done: Row[]; failure: unknown };
type Doing = { host: Host; spec: ResourceSpec; action: Action; rows: readonly Row[] };

const keyOf = (spec: ResourceSpec, row: Row) => textOf(readField(row, spec.key));

function nameOf({ spec, rows, action }: Doing): string {
  if (rows.length === 1) return textOf(readField(rows[0] ?? {}, spec.titleField));
  return rows.length === 0 ? action.title : t('action.rows', { n: rows.length, what: said(spec.plural) });
}

/** What a row is after an action that can be taken back at once: that in which its inverse is offered. */
function afterOf({ spec, action, rows }: Doing): Record<string, string> | undefined {
  const isPlain = action.form === undefined && (action.confirm === undefined || action.confirm.level === 'none');
  if (!isPlain || rows.length === 0 || action.undoPath === undefined) return undefined;
  return spec.actions?.find((other) => other.path === action.undoPath)?.when;
}

/** Only what makes one row go is bound to the version that was looked at. */
function versionTag(action: Action, row: Row): { ifMatch?: string } {
  return action.method === 'DELETE' && typeof row['version'] === 'number' ? { ifMatch: `"${row['version']}"` } : {};
}

function ask(doing: Doing): Promise<boolean> {
  const { host, spec, action: { confirm, danger = false, title }, rows } = doing;
  if (confirm === undefined || confirm.level === 'none') return Promise.resolve(true);
  const [row] = rows;
  const typed = row && rows.length === 1 ? textOf(readField(row, confirm.typeField ?? spec.titleField)) : nameOf(doing);
  const type = confirm.level === 'type' ? { type: typed } : {};
  return host.ui.confirm({ title: rows.length === 0 ? title : `${title}: ${nameOf(doing)}`, body: confirm.body, danger, ok: title, ...type });
}

/** Send it: once for each row when its path names one, else once for all. */
async function send({ host, spec, action, rows }: Doing, path: string, values?: Values): Promise<Outcome> {
  const { method } = path === action.path ? action : { method: 'POST' as const };
  if (!path.includes('{')) {
    const body = action.scope === 'bulk' ? { ...values, ids: rows.map((row) => keyOf(spec, row)) } : values;
    await host.api.send(method, spec.path + path, body);
    return { done: [...rows], failure: null };
  }
  const done: Row[] = [];
  for (const row of rows) {
    try {
      await host.api.send(method, spec.path + fillPath(path, row), values, path === action.path ? versionTag(action, row) : {});
      done.push(row);
    } catch (failure) {
      if (done.length === 0) throw failure;
      return { done, failure }; // what is done is done: it is told with what is not
    }
  }
  return { done, failure: null };
}

/** Ask for what its form wants, if it has one; the server's errors stay beside their fields. */
async function sendAsked(doing: Doing): Promise<Outcome | null> {
  const { host, action } = doing;
  if (action.form === undefined) return send(doing, action.path);
  let outcome: Outcome | null = null;
  await host.ui.form<Values>({
    submit: action.title,
    ...action.form,
    title: doing.rows.length === 0 ? action.title : `${action.title}: ${nameOf(doing)}`,
    onSubmit: async (values) => {
      outcome = await send(doing, action.path, values);
    },
  });
  return outcome;
}

function say(doing: Doing, { done, failure }: Outcome, undo: (() => Promise<void>) | undefined): void {
  const { host, action, rows } = doing;
  const taken = undo === undefined ? {} : { undo };
  if (failure === null) {
    host.ui.toast({ text: rows.length === 0 ? t('action.done_page', { action: action.title }) : t('action.done', { action: action.title, name: nameOf(doing) }), kind: 'good', ...taken });
    return;
  }
  const words = problemWords(failure);
  host.ui.toast({ text: t('action.partly', { action: action.title, done: done.length, all: rows.length, why: `${words.title}. ${words.body}` }), kind: 'bad', ...taken });
}

/** The runner answers with the rows it was done to; none when somebody thought better of it, or it failed. */
export function useRunner(spec: ResourceSpec, onGone: () => void = () => undefined): Runner {
  const host = useHost();
  const refresh = useRefresh();
  const draw = useDraw();
  return async (action, rows) => {
    const doing = { host, spec, action, rows };
    const after = afterOf(doing);
    const keys = new Set(rows.map((row) => keyOf(spec, row)));
    const undraw = after && draw<Row>((row) => keys.has(keyOf(spec, row)), (row) => ({ ...row, ...after }));
    try {
      if (!(await ask(doing))) return [];
      const outcome = await sendAsked(doing);
      if (outcome === null) return [];
      const isGone = action.method === 'DELETE' && action.scope === 'item';
      if (isGone) onGone();
      const [row] = rows;
      await refresh(isGone && row ? `${spec.path}/${encodeURIComponent(keyOf(spec, row))}` : undefined);
      const { undoPath } = action;
      say(doing, outcome, undoPath === undefined ? undefined : async () => {
        await send({ ...doing, rows: outcome.done }, undoPath).catch((failure: unknown) => {
          const words = problemWords(failure);
          host.ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
        });
        await refresh();
      });
      return outcome.done;
    } catch (failure) {
      undraw?.();
      const words = problemWords(failure);
      const why = `${words.title}. ${words.body}`;
      host.ui.toast({ text: undraw ? t('action.unsaved', { action: action.title, name: nameOf(doing), why }) : why, kind: 'bad' });
      if (undraw) void refresh();
      return [];
    }
  };
}
