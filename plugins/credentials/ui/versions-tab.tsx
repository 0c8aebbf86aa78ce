/** The sets of values that are kept; an older one can be brought back. */
import { Badge, Button, ProblemCard, Skeleton, Time, problemWords, useData, useHost, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential, Version } from './types';

type VersionsTabProps = { credential: Credential; etag: string | null };

export function VersionsTab({ credential, etag }: VersionsTabProps) {
  const { api, can, ui } = useHost();
  const refresh = useRefresh();
  const { value, error, reload } = useData<{ items: Version[] }>(`/${credential.id}/versions`);

  const handleRestore = async ({ version }: Version) => {
    if (!(await ui.confirm({ title: t('restore.title', { n: version }), body: t('restore.body'), ok: t('restore.go') }))) return;
    try {
      await api.send('POST', `/${credential.id}/restore`, { version }, { ifMatch: etag ?? `"${credential.version}"` });
    } catch (failure) {
      const words = problemWords(failure);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
      return;
    }
    await refresh();
    ui.toast({ text: t('restored', { n: version }), kind: 'good' });
  };
  if (error && !value) return <ProblemCard error={error} onRetry={reload} />;
  if (!value) return <Skeleton rows={3} />;
  return (
    <section aria-labelledby="versions">
      <h3 id="versions">{t('versions')}</h3>
      <p className="f-meta">{t('versions.about')}</p>
      <ul className="f-rows">
        {value.items.map((one) => (
          <li key={one.version}>
            <span className="f-two">
              <span className="f-name">{t('version.n', { n: one.version })}</span>{' '}
              {one.restored_from !== null && <span className="f-meta">{t('version.from', { n: one.restored_from })}</span>}
            </span>
            <span className="f-meta f-clip">{one.made_by} <Time iso={one.made_at} /></span>
            {one.holds ? <Badge tone="good">{t('version.holds')}</Badge>
              : can('credentials:credential:write') ? <Button icon="rotate-ccw" aria-label={t('restore.of', { n: one.version })} onClick={() => void handleRestore(one)}>{t('restore')}</Button> : <span />}
          </li>
        ))}
      </ul>
    </section>
  );
}
