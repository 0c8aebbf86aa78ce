/** First steps: facts tick them off; the card can be put away. */
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import { Icon } from '@/ui/icon';
import type { ChecklistShape } from './types';

type ChecklistProps = { shape: ChecklistShape };

export function Checklist({ shape }: ChecklistProps) {
  return (
    <ol className="d-steps">
      {shape.steps.map((step) => (
        <li key={step.title} data-done={step.done || undefined}>
          {step.done ? <Icon name="circle-check" /> : <span className="d-open" />}
          <span className="f-two">
            {step.done ? <span className="f-name">{said(step.title)}</span> : <a className="f-name" href={step.to}>{said(step.title)}</a>}
            <span className="f-meta">{step.done ? t('dashboard.step.done') : said(step.detail)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
