/** A revealed value: for thirty seconds, and only while somebody looks at this window. */
import { useEffect, useState } from 'react';

import { Button, CopyButton } from '@foundation/sdk/react';

import { t } from './t';

type ShownProps = { value: string; label: string; trail: string; onHide: () => void };

export const SECONDS = 30;

export function Shown({ value, label, trail, onHide }: ShownProps) {
  const [left, setLeft] = useState(SECONDS);
  useEffect(() => {
    const timer = setInterval(() => setLeft((seconds) => seconds - 1), 1000);
    const handleAway = () => {
      if (document.visibilityState === 'hidden') onHide();
    };
    window.addEventListener('blur', onHide);
    document.addEventListener('visibilitychange', handleAway);
    return () => {
      clearInterval(timer);
      window.removeEventListener('blur', onHide);
      document.removeEventListener('visibilitychange', handleAway);
    };
  }, [onHide]);
  useEffect(() => {
    if (left <= 0) onHide();
  }, [left, onHide]);
  return (
    <div className="cr-shown">
      <code data-testid="revealed">{value}</code>
      <div className="cr-secret">
        <span className="f-meta f-num" role="timer">{t('hidden_in', { n: Math.max(0, left) })}</span>
        <Button onClick={onHide}>{t('hide')}</Button>
        <CopyButton text={value} what={label} />
        <a className="f-link" href={trail}>{t('trail')}</a>
      </div>
    </div>
  );
}
