/** Everything one event says, and the ways on from it. */
import { Badge, CopyButton, DetailsList, Time, useHost } from '@foundation/sdk/react';

import { toneOf, wordOf } from './outcome';
import { t } from './t';
import type { AuditEvent } from './types';

type EventDetailProps = { event: AuditEvent; whole?: boolean };

/** A value of the detail as text; the server has already hidden what is secret. */
function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

export function EventDetail({ event, whole = false }: EventDetailProps) {
  const { route } = useHost();
  const { actor, target } = event;
  const detail = Object.entries(event.detail);
  const facts = [
    { key: 'time', label: t('time'), value: <Time iso={event.occurred_at} absolute /> },
    { key: 'event', label: t('event'), value: <code className="f-code">{event.type}</code> },
    { key: 'actor', label: t('actor'), value: <>{actor.name || t('anonymous')} <Badge>{actor.type}</Badge></> },
    ...(target ? [{ key: 'target', label: t('target'), value: <>{target.title || target.id} <Badge>{target.type}</Badge></> }] : []),
    { key: 'outcome', label: t('outcome'), value: <Badge tone={toneOf(event.outcome)}>{wordOf(event.outcome)}</Badge> },
    ...(event.reason ? [{ key: 'reason', label: t('reason'), value: event.reason }] : []),
    ...detail.map(([name, value]) => ({ key: `detail.${name}`, label: name, value: <span className="f-clip">{shown(value)}</span> })),
    { key: 'plugin', label: t('plugin'), value: event.plugin },
    { key: 'severity', label: t('severity'), value: event.severity },
    { key: 'request', label: t('request'), value: <><code className="f-code">{event.request_id}</code><CopyButton text={event.request_id} what={t('request')} /></> },
    { key: 'id', label: t('id'), value: <><code className="f-code">{event.id}</code><CopyButton text={event.id} what={t('id')} /></> },
  ];
  return (
    <div className="au-detail">
      <DetailsList entries={facts} />
      <div className="au-links">
        {!whole && <a className="f-link" href={route.href(event.id)}>{t('permalink')}</a>}
        {actor.id && <a className="f-link" href={route.href('', { actor: actor.id })}>{t('same.actor')}</a>}
        {target && <a className="f-link" href={route.href('', { target: target.id })}>{t('same.target')}</a>}
        <a className="f-link" href={route.href('', { type: event.type })}>{t('same.type')}</a>
        <CopyButton text={JSON.stringify(event, null, 2)} what={t('copy.json')} />
      </div>
    </div>
  );
}
