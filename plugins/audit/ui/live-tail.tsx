/** The tail of the trail: switched on, new events are counted, and shown when one wants to see them. */
import { useCallback, useEffect, useRef, useState } from 'react';

import { Button, Icon, useFollow, useHost, useLiveState, usePlace } from '@foundation/sdk/react';

import { t } from './t';
import type { AuditEvent } from './types';

type Filters = Record<string, string | undefined>;
type Page = { items: AuditEvent[] };
type LiveTailProps = { filters: Filters; newest: string | undefined; onShow: () => void };

const MOST = 50;

/** Whether the tail is on: it stands in the address, and only newest-first has a place for what is new. */
export function isTailing(query: Readonly<Record<string, string>>): boolean {
  return query['live'] === '1' && query['order'] !== 'oldest' && !query['until'];
}

export function LiveSwitch() {
  const { route } = useHost();
  const { query } = usePlace();
  const isOn = isTailing(query);
  const handleClick = () => route.go('', { replace: true, query: { ...query, live: isOn ? undefined : '1', order: undefined, until: undefined } });
  return <Button icon={isOn ? 'zap' : 'activity'} aria-pressed={isOn} onClick={handleClick}>{t('live')}</Button>;
}

/** Counts what the filters find above the newest event that is shown. */
function useFresh(filters: Filters, newest: string | undefined) {
  const { api } = useHost();
  const [found, setFound] = useState({ above: newest, count: 0 });
  const latest = useRef({ filters, newest });
  useEffect(() => {
    latest.current = { filters, newest };
  }, [filters, newest]);
  const look = useCallback(() => {
    const { filters: asked, newest: above } = latest.current;
    void api.get<Page>('', { limit: MOST, ...asked }).then(({ items }) => {
      const at = items.findIndex((event) => event.id === above);
      setFound({ above, count: at === -1 ? items.length : at });
    }, () => undefined); // the next event asks again
  }, [api]);
  return { count: found.above === newest ? found.count : 0, look };
}

/** Below the filters: nothing, or how much is new. Whoever is at the top sees it at once; whoever reads is left in peace. */
export function LiveTail({ filters, newest, onShow }: LiveTailProps) {
  const { query } = usePlace();
  const state = useLiveState();
  const box = useRef<HTMLDivElement>(null);
  const { count, look } = useFresh(filters, newest);
  useFollow('audit', look, { gap: 700, poll: 5000 });
  const isReading = query['open'] !== undefined;
  useEffect(() => {
    const top = box.current?.closest('main')?.scrollTop ?? 0;
    if (count > 0 && !isReading && top < 40) onShow();
  }, [count, isReading, onShow]);
  const handleShow = () => {
    onShow();
    box.current?.closest('main')?.scrollTo({ top: 0 });
  };
  return (
    <div ref={box} className="au-tail" role="status">
      {count > 0
        ? <Button icon="arrow-up" onClick={handleShow}>{t(count === 1 ? 'live.one' : 'live.many', { count: count >= MOST ? `${MOST}+` : String(count) })}</Button>
        : <span className="au-tail-word" data-state={state}><Icon name="activity" size={14} /> {t(state === 'live' ? 'live.on' : 'live.waiting')}</span>}
    </div>
  );
}
