/** Does what somebody asked for, drawn at once where it can be: says that it is done, or what was not saved and why, and reads the page anew. */
import { isProblem, problemWords, useDraw, useHost, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Project } from './types';

type Said = { text: string; undo?: { work: () => Promise<Said>; drawn: Drawn } };
/** What a project is like once it is done, and what is said when it could not be. */
type Drawn = { project: Project; change: Partial<Project>; what: string };

export function useAct(): (work: () => Promise<Said>, drawn?: Drawn) => Promise<boolean> {
  const { ui } = useHost();
  const refresh = useRefresh();
  const draw = useDraw();
  const act = async (work: () => Promise<Said>, drawn?: Drawn): Promise<boolean> => {
    const undraw = drawn && draw<Project>(({ id }) => id === drawn.project.id, (project) => ({ ...project, ...drawn.change }));
    try {
      const { text, undo } = await work();
      await refresh();
      const back = undo && (async () => void (await act(undo.work, undo.drawn)));
      ui.toast({ text, kind: 'good', ...(back ? { undo: back } : {}) });
      return true;
    } catch (error) {
      undraw?.();
      if (isProblem(error) && [404, 409, 412].includes(error.status)) void refresh();
      const words = problemWords(error);
      const why = `${words.title}. ${words.body}`;
      ui.toast({ text: drawn ? t('unsaved', { what: drawn.what, name: drawn.project.name, why }) : why, kind: 'bad' });
      return false;
    }
  };
  return act;
}
