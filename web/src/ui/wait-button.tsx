/** "Try again" that waits as long as the server asked for, and counts down. */
import { useEffect, useState } from 'react';

import { t } from '@/i18n/t';
import { Button } from './button';

type WaitButtonProps = { seconds: number; onRetry: () => void };

export function WaitButton({ seconds, onRetry }: WaitButtonProps) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft((now) => Math.max(0, now - 1)), 1000);
    return () => clearInterval(timer);
  }, []);
  return <Button icon="refresh-cw" disabled={left > 0} onClick={onRetry}>{left > 0 ? t('retry.in', { n: left }) : t('retry')}</Button>;
}
