/** Does what somebody asked for: says that it is done, or why not, and reads the page anew. */
import { isProblem, problemWords, useHost, useRefresh } from '@foundation/sdk/react';

type Said = { text: string; undo?: () => Promise<Said> };

export function useAct(): (work: () => Promise<Said>) => Promise<boolean> {
  const { ui } = useHost();
  const refresh = useRefresh();
  const act = async (work: () => Promise<Said>): Promise<boolean> => {
    try {
      const { text, undo } = await work();
      await refresh();
      const back = undo && (async () => void (await act(undo)));
      ui.toast({ text, kind: 'good', ...(back ? { undo: back } : {}) });
      return true;
    } catch (error) {
      if (isProblem(error) && [404, 409, 412].includes(error.status)) void refresh();
      const words = problemWords(error);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
      return false;
    }
  };
  return act;
}
