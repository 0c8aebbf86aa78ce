/** Warns a minute before the session ends for want of use, and keeps it when somebody is there (WCAG 2.2.1). */
import { useEffect, useState } from 'react';

import type { SessionItem } from '@/api/identity-wire';
import { t } from '@/i18n/t';
import { useApp } from '@/plugin/app';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';

const WARN_MS = 60_000;
const LOOK_MS = 5000;

/** How long the session lasts without a request, from what the server said just now. */
async function lifeOf(read: () => Promise<SessionItem[]>): Promise<number | null> {
  const sessions = await read().catch(() => []);
  const current = sessions.find((session) => session.is_current);
  return current ? Date.parse(current.ends_at) - Date.now() : null;
}

export function IdleWarning() {
  const { client } = useApp();
  const [left, setLeft] = useState<number | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let life: number | null = null;
    let stopped = false;
    const read = async () => (await client.request<{ items: SessionItem[] }>('GET', '/api/me/sessions', { renew: false })).value.items;
    const first = setTimeout(() => void lifeOf(read).then((ms) => { life = ms; }), LOOK_MS);
    const timer = setInterval(() => {
      if (life === null || stopped) return;
      const rest = client.usedAt() + life - Date.now();
      setLeft(rest < WARN_MS ? Math.max(0, Math.ceil(rest / 1000)) : null);
    }, 1000);
    return () => {
      stopped = true;
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [client, round]);
  if (left === null || left === 0) return null; // ended: the next request asks to sign in again
  const handleStay = async () => {
    setLeft(null);
    await client.request('GET', '/api/auth/me').catch(() => undefined);
    setRound(round + 1);
  };
  return (
    <Dialog title={t('idle.title')} alert onClose={() => void handleStay()} footer={<Button variant="primary" onClick={() => void handleStay()}>{t('idle.stay')}</Button>}>
      <p>{t('idle.body', { n: left })}</p>
    </Dialog>
  );
}
