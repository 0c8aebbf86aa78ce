/** A whole page of a plugin in a sandbox: no cookie, no storage, no network, only the bridge. */
import { useEffect, useRef, useState } from 'react';

import { t } from '@/i18n/t';
import type { FrameUi, Host, Section } from '@/sdk/types';
import { PageHeader } from '@/ui/page-header';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import { openBridge } from './frame-bridge';
import { LoadFailed } from './loader';

type FrameSectionProps = { section: Section; ui: FrameUi; host: Host };

const HELLO_LIMIT_MS = 10_000;
const TALLEST = 20_000;

export function FrameSection({ section, ui, host }: FrameSectionProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<'waiting' | 'ready' | 'late'>('waiting');

  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const late = setTimeout(() => {
      host.log('error', 'the frame did not say hello');
      setState('late');
    }, HELLO_LIMIT_MS);
    const bridge = openBridge({
      host,
      frame: element,
      window,
      onHeight: (height) => { element.style.height = `${Math.min(Math.max(0, height), TALLEST)}px`; },
      onHello: () => {
        clearTimeout(late);
        setState('ready');
      },
    });
    element.src = ui.src; // after the bridge listens, so that no hello is missed
    return () => {
      clearTimeout(late);
      bridge.close();
    };
  }, [host, ui.src, attempt]);

  const handleRetry = () => {
    setState('waiting');
    setAttempt(attempt + 1);
  };
  const error = new LoadFailed(t('frame.late', { n: HELLO_LIMIT_MS / 1000 }));
  return (
    <>
      <PageHeader title={section.title} />
      {state === 'waiting' && <Skeleton />}
      {state === 'late' && <ProblemCard error={error} title={t('module.failed', { title: section.title, plugin: section.plugin })} onRetry={handleRetry} />}
      <iframe
        key={attempt}
        ref={frame}
        className="f-frame"
        title={section.title}
        hidden={state !== 'ready'}
        sandbox={['allow-scripts', ...ui.allow.map((one) => `allow-${one}`)].join(' ')}
        referrerPolicy="no-referrer"
      />
    </>
  );
}
