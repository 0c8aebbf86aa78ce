/** The filters that have no field of their own, in plain words, each with a way to drop it. */
import { Icon, useHost, usePlace } from '@foundation/sdk/react';
import { said } from '@foundation/sdk';

import { t } from './t';

const CHIPS = ['plugin', 'severity', 'project', 'request'] as const;

export function FilterChips() {
  const { route } = useHost();
  const { query } = usePlace();
  const set = CHIPS.filter((name) => query[name]);
  if (set.length === 0) return null;
  return (
    <ul className="au-chips" aria-label={t('chips')}>
      {set.map((name) => (
        <li key={name}>
          <button type="button" className="au-chip" onClick={() => route.go('', { replace: true, query: { ...query, [name]: undefined } })}>
            {t(`chip.${name}`, { value: said(query[name] ?? '') })} <Icon name="x" size={12} /><span className="f-hidden">{t('chip.drop')}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
