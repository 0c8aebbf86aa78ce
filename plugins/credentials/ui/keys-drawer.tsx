/** The vault's keys and the processes that have them, for those who rotate them. */
import { CommandLine, DetailsList, Drawer, ProblemCard, Skeleton, Status, useHost, usePlace } from '@foundation/sdk/react';

import { t } from './t';
import type { Keys } from './types';
import { useCore } from './use-core';

type KeysDrawerProps = { onClose: () => void };

export function KeysDrawer({ onClose }: KeysDrawerProps) {
  const { route } = useHost();
  const { query } = usePlace();
  const { value, error } = useCore<Keys>('/keys');
  return (
    <Drawer title={t('keys')} closeHref={route.href('', query)} onClose={onClose}>
      {error !== null && <ProblemCard error={error} />}
      {error === null && !value && <Skeleton rows={3} />}
      {value && (
        <>
          <p className="f-meta">{t('keys.about')}</p>
          {value.keys.map((key) => (
            <section key={key.kid} aria-label={key.kid}>
              <DetailsList
                entries={[
                  { key: 'kid', label: t('keys.kid'), value: <code className="f-code">{key.kid}</code> },
                  { key: 'state', label: t('keys.state'), value: <Status tone={key.state === 'active' ? 'good' : 'neutral'}>{t(`keys.${key.state}`)}</Status> },
                  { key: 'fingerprint', label: t('keys.fingerprint'), value: <code className="f-code">{key.fingerprint}</code> },
                  { key: 'values', label: t('keys.values'), value: String(key.values) },
                  { key: 'has', label: t('keys.processes'), value: t('keys.of', { n: value.processes.filter((one) => one.kids.includes(key.kid)).length, all: value.processes.length }) },
                ]}
              />
            </section>
          ))}
          <p className="f-meta">{t('keys.new')}</p>
          <CommandLine command="foundation keys new k2" />
        </>
      )}
    </Drawer>
  );
}
