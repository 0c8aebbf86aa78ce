/** Mounts a plugin's module, and takes it away again; when it fails, says why in its place. */
import { useEffect, useRef, useState } from 'react';

import { t } from '@/i18n/t';
import type { Host, ModuleUi, PluginModule, Section, Unmount } from '@/sdk/types';
import { PageHeader } from '@/ui/page-header';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import { type App, useApp } from './app';
import { LoadFailed } from './loader';
import { addStyles } from './styles';
import { withWords } from './words';

const MOUNT_LIMIT_MS = 10_000;

type ModuleSectionProps = { section: Section; ui: ModuleUi; host: Host };
type State = { kind: 'loading' } | { kind: 'ready' } | { kind: 'failed'; error: unknown };
type Mounting = { app: App; ui: ModuleUi; host: Host; root: HTMLElement; signal: AbortSignal };

/** Mount within ten seconds; what comes later is taken away again. */
async function mounted(module: PluginModule, root: HTMLElement, host: Host): Promise<Unmount | undefined> {
  const mounting = Promise.resolve(module.mount(root, host));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new LoadFailed(`mount() did not return within ${MOUNT_LIMIT_MS / 1000} seconds`));
    }, MOUNT_LIMIT_MS);
  });
  mounting.then((unmount) => { if (isLate) unmount?.(); }, () => undefined);
  try {
    return await Promise.race([mounting, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Load, then mount until *signal*, with which its looks go; gives back how to undo it. Nothing happens after it was left. */
async function bringIn({ app, ui, host, root, signal }: Mounting): Promise<Unmount> {
  const removeStyles = await addStyles(document, ui.styles, ui.integrity);
  if (signal.aborted) removeStyles();
  else signal.addEventListener('abort', removeStyles, { once: true }); // at once: the next mounting brings them back
  try {
    const module = app.loader.peek(ui) ?? (await app.loader.load(ui));
    if (signal.aborted) return () => undefined;
    const unmount = await mounted(module, root, withWords(host, module.messages));
    return unmount ?? (() => undefined);
  } catch (error) {
    removeStyles();
    throw error;
  }
}

export function ModuleSection({ section, ui, host }: ModuleSectionProps) {
  const app = useApp();
  const root = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (root.current === null) return undefined;
    const element = document.createElement('div'); // of this mounting: with another host the next one has its own
    root.current.append(element);
    const leaving = new AbortController();
    const { signal } = leaving;
    let undo: Unmount | null = null;
    bringIn({ app, ui, host, root: element, signal }).then(
      (unmount) => {
        undo = unmount;
        if (signal.aborted) unmount();
        else setState({ kind: 'ready' });
      },
      (error: unknown) => {
        if (signal.aborted) return;
        host.log('error', 'the page could not be mounted', error);
        setState({ kind: 'failed', error });
      },
    );
    return () => {
      leaving.abort();
      element.remove();
      const leave = undo;
      if (leave) queueMicrotask(leave); // a page with a React of its own cannot unmount while ours draws
    };
  }, [app, ui, host, attempt]);

  const handleRetry = () => {
    setState({ kind: 'loading' });
    setAttempt(attempt + 1);
  };
  return (
    <>
      {state.kind === 'loading' && <Skeleton rows={2} reads={false} />} {/* short: the page takes its place, and moves by as much */}
      {state.kind === 'failed' && (
        <>
          <PageHeader title={section.title} />
          <ProblemCard error={state.error} title={t('module.failed', { title: section.title, plugin: section.plugin })} onRetry={handleRetry} />
        </>
      )}
      <div key={attempt} ref={root} className="f-plugin" data-plugin={section.plugin} />
    </>
  );
}
