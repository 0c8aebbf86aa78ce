/** One card: what its widget shows, or its own error while the others stand. */
import type { ReactNode } from 'react';

import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import { Icon } from '@/ui/icon';
import { Chart } from './chart';
import { Checklist } from './checklist';
import { Figures } from './figures';
import { ItemList } from './item-list';
import type { Card, Shown } from './types';

type DashboardCardProps = { card: Card; requestId: string; action?: ReactNode };
type FailureProps = { words: string; requestId: string };

function draw(shown: Shown): ReactNode {
  switch (shown.kind) {
    case 'figures': return <Figures shape={shown} />;
    case 'list': return <ItemList shape={shown} />;
    case 'chart': return <Chart shape={shown} />;
    case 'checklist': return <Checklist shape={shown} />;
  }
}

function Failure({ words, requestId }: FailureProps) {
  return (
    <div className="d-failed" role="status">
      <Icon name="circle-alert" />
      <div>
        <p>{words}</p>
        <p className="f-meta">{t('problem.request')} <code className="f-code">{requestId}</code></p>
      </div>
    </div>
  );
}

export function DashboardCard({ card, requestId, action }: DashboardCardProps) {
  const heading = `card-${card.id.replace('.', '-')}`;
  const done = card.shown?.kind === 'checklist' ? card.shown.steps.filter((step) => step.done).length : null;
  return (
    <section className="d-card" data-size={card.size} aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{card.to === null ? said(card.title) : <a href={card.to}>{said(card.title)}</a>}</h2>
        {done !== null && card.shown?.kind === 'checklist' && <span className="f-meta">{t('dashboard.steps.of', { done, all: card.shown.steps.length })}</span>}
        {action}
      </header>
      {card.error !== null && <Failure words={card.error} requestId={requestId} />}
      {card.shown !== null && draw(card.shown)}
    </section>
  );
}
