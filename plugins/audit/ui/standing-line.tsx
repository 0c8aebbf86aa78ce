/** How far the trail is proved, with the date; a banner when something does not fit. */
import { CopyButton, Icon, Time, useData, useHost } from '@foundation/sdk/react';

import { t } from './t';
import type { Standing } from './types';

const PATIENCE_MS = 60_000;

/** Whether events wait longer for their place in the tree than they should. */
function isLate({ waiting_since: since }: Standing, now: number): boolean {
  return since !== null && now - Date.parse(since) > PATIENCE_MS;
}

type StandingLineProps = { now: number };

export function StandingLine({ now }: StandingLineProps) {
  const { fmt } = useHost();
  const { value: standing } = useData<Standing>('/checkpoint');
  if (!standing) return <div className="au-standing">&nbsp;</div>; // its place is kept, so nothing moves
  if (standing.broken) {
    return (
      <div className="au-broken" role="alert">
        <Icon name="triangle-alert" /> <span><strong>{t('broken')}</strong> {t('broken.why', { why: standing.broken })}</span>
      </div>
    );
  }
  return (
    <div className="au-standing" data-late={isLate(standing, now) || undefined}>
      <Icon name={isLate(standing, now) ? 'triangle-alert' : 'shield'} size={14} />
      {standing.signed_at && standing.note
        ? <><span>{t('proved', { count: fmt.number(standing.size) })} <Time iso={standing.signed_at} /></span><CopyButton text={standing.note} what={t('checkpoint')} /></>
        : <span>{t('unproved')}</span>}
      {isLate(standing, now) && <span>{t('late', { count: fmt.number(standing.waiting) })}</span>}
    </div>
  );
}
