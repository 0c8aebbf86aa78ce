/** A calm word when live updates have been away for a while; nothing at all while they come. */
import { useEffect, useState } from 'react';

import { t } from '@/i18n/t';
import { useApp } from '@/plugin/app';
import { useStore } from '@/ui/store';

const PATIENCE_MS = 4000; // a worker that is replaced is not worth a word

export function LiveSign() {
  const { live } = useApp();
  const isRetrying = useStore(live.state) === 'retrying';
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!isRetrying) return undefined;
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [isRetrying]);
  return (
    <span className="s-live" role="status">
      {isRetrying && isLong && <span title={t('live.why')}><span className="s-live-dot" aria-hidden="true" />{t('live.retrying')}</span>}
    </span>
  );
}
