/** Everything one event says, and the ways on from it. */
import { Badge, CopyButton, DetailsList, Time, useHost } from '@foundation/sdk/react';
import { said } from '@foundation/sdk';

import { ChangeTable } from './change-table';
import { changesOf, shown } from './changes';
import { toneOf, wordOf } from './outcome';
import { ProofLine } from './proof-line';
import { t } from './t';
import type { AuditEvent } from './types';

type EventDetailProps = { event: AuditEvent; whole?: boolean };

export function EventDetail({ event, whole = false }: EventDetailProps) {
  const { route } = useHost();
  const { actor, target } = event;
  const { changes, rest } = changesOf(event.detail);
  const facts = [
    { key: 'time', label: t('time'), value: <Time iso={event.occurred_at} absolute /> },
    { key: 'event', label: t('event'), value: <code className="f-code">{event.type}</code> },
    { key: 'actor', label: t('actor'), value: <>{actor.name || t('anonymous')} <Badge>{said(actor.type)}</Badge></> },
    ...(target ? [{ key: 'target', label: t('target'), value: <>{target.title || target.id} <Badge>{target.type}</Badge></> }] : []),
    { key: 'outcome', label: t('outcome'), value: <Badge tone={toneOf(event.outcome)}>{wordOf(event.outcome)}</Badge> },
    ...(event.reason ? [{ key: 'reason', label: t('reason'), value: event.reason }] : []),
    ...Object.entries(rest).map(([name, value]) => ({ key: `detail.${name}`, label: name, value: <span className="f-clip">{shown(value)}</span> })),
    { key: 'plugin', label: t('plugin'), value: <>{event.plugin} {event.installed === false && <Badge>{t('plugin.gone')}</Badge>}</> },
    { key: 'severity', label: t('severity'), value: said(event.severity) },
    { key: 'request', label: t('request'), value: <><code className="f-code">{event.request_id}</code><CopyButton text={event.request_id} what={t('request')} /></> },
    { key: 'proof', label: t('proof.row'), value: <ProofLine id={event.id} /> },
    { key: 'id', label: t('id'), value: <><code className="f-code">{event.id}</code><CopyButton text={event.id} what={t('id')} /></> },
  ];
  return (
    <div className="au-detail">
      {event.erased && <p>{t('erased')}</p>}
      {changes.length > 0 && <ChangeTable changes={changes} />}
      <DetailsList entries={facts} />
      <div className="au-links">
        {!whole && <a className="f-link" href={route.href(event.id)}>{t('permalink')}</a>}
        {actor.id && <a className="f-link" href={route.href('', { actor: actor.id })}>{t('same.actor')}</a>}
        {target && <a className="f-link" href={route.href('', { target: target.id })}>{t('same.target')}</a>}
        <a className="f-link" href={route.href('', { type: event.type })}>{t('same.type')}</a>
        <a className="f-link" href={route.href('', { request: event.request_id })}>{t('same.request')}</a>
        <a className="f-link" href={route.href('', { plugin: event.plugin })}>{t('same.plugin')}</a>
        <a className="f-link" href={route.href('', { severity: event.severity })}>{t('same.severity')}</a>
        <CopyButton text={JSON.stringify(event, null, 2)} what={t('copy.json')} />
      </div>
    </div>
  );
}
