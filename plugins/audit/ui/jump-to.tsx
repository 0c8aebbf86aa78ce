/** Goes to a day of the trail; from there the list goes on in both directions. */
import { useHost, usePlace } from '@foundation/sdk/react';

import { t } from './t';

export function JumpTo() {
  const { route } = useHost();
  const { query } = usePlace();
  return (
    <label className="au-jump">
      <span>{t('jump')}</span>
      <input className="f-input" type="date" value={query['at'] ?? ''} onChange={(event) => route.go('', { replace: true, query: { ...query, open: undefined, at: event.target.value || undefined } })} />
    </label>
  );
}
