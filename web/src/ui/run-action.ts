/** Do something the person asked for: say that it is done or why not, and read the page anew. */
import { useRefresh } from './data';
import { useHost } from './host-context';
import { problemWords } from './problem-words';

/** Return a function that runs *work* and answers whether it went well; what it returns is then said. */
export function useRunAction(): (work: () => Promise<string>) => Promise<boolean> {
  const { ui } = useHost();
  const refresh = useRefresh();
  return async (work) => {
    let worked = true;
    try {
      ui.toast({ text: await work(), kind: 'good' });
    } catch (error) {
      const { title, body } = problemWords(error);
      ui.toast({ text: `${title}. ${body}`, kind: 'bad' });
      worked = false;
    }
    await refresh();
    return worked;
  };
}
