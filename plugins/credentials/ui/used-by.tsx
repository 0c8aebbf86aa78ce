/** Who uses a credential. */
import { Badge } from '@foundation/sdk/react';

import { t } from './t';
import type { Use } from './types';

type UsedByProps = { uses: Use[] };

export function UsedBy({ uses }: UsedByProps) {
  return (
    <section aria-labelledby="used">
      <h3 id="used">{t('used')}</h3>
      {uses.length === 0 ? <p className="f-meta">{t('used.nobody')}</p> : (
        <ul className="f-rows">
          {uses.map((use) => (
            <li key={`${use.plugin}-${use.ref}`}>
              <a className="f-name f-clip" href={`/s/${use.plugin}/${use.ref}`}>{use.title}</a>
              <Badge>{use.plugin}</Badge>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
