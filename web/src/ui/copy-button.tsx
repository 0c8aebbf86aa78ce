/** Copies a text and says so, to eyes and to screen readers. */
import { useEffect, useState } from 'react';

import { t } from '@/i18n/t';
import { Button } from './button';
import { useHost } from './host-context';

type CopyButtonProps = { text: string; what: string };

export function CopyButton({ text, what }: CopyButtonProps) {
  const { ui } = useHost();
  const [state, setState] = useState<'idle' | 'done' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  const handleClick = async () => setState((await ui.copy(text)) ? 'done' : 'failed');
  const words = { idle: '', done: t('copy.done'), failed: t('copy.failed') }[state];
  return (
    <span className="f-copy">
      <Button variant="ghost" icon={state === 'done' ? 'check' : 'copy'} aria-label={t('copy.label', { what })} title={t('copy.label', { what })} onClick={() => void handleClick()} />
      <span role="status" className="f-hidden">{words}</span>
    </span>
  );
}
