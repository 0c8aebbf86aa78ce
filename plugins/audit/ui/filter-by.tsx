/** A cell's text with a button beside it that keeps only events with the same value. */
import type { ReactNode } from 'react';

import { Icon, useHost, usePlace } from '@foundation/sdk/react';

import { t } from './t';

type FilterByProps = { name: string; value: string | null | undefined; words: string; children: ReactNode };

export function FilterBy({ name, value, words, children }: FilterByProps) {
  const { route } = useHost();
  const { query } = usePlace();
  const handleClick = () => route.go('', { query: { ...query, open: undefined, [name]: value ?? undefined } });
  return (
    <span className="au-cell">
      {children}
      {value && query[name] !== value && (
        <button type="button" className="au-by" aria-label={t('only', { words })} title={t('only', { words })} onClick={handleClick}><Icon name="filter" size={12} /></button>
      )}
    </span>
  );
}
