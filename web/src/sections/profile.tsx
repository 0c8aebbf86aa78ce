/** Who one is here, and how Foundation looks to one. */
import type { MeView } from '@/api/wire';
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import { humanise } from '@/resource/row';
import { Badge } from '@/ui/badge';
import { ProblemCard } from '@/ui/problem-card';
import { Setting } from '@/ui/setting';
import { Skeleton } from '@/ui/skeleton';
import { Time } from '@/ui/time';
import { Looks } from './looks';
import { useMe } from './use-me';

type PersonProps = { me: MeView };

function Person({ me }: PersonProps) {
  return (
    <section className="f-section" aria-labelledby="profile">
      <h2 id="profile">{t('settings.profile')}</h2>
      <Setting label={t('settings.name')}>{me.name}</Setting>
      <Setting label={t('settings.email')}>{me.email}</Setting>
      <Setting label={t('settings.roles')}>{me.roles.length === 0 ? t('role.none') : me.roles.map((role) => <Badge key={role}>{said(humanise(role))}</Badge>)}</Setting>
      {me.session && (
        <Setting label={t('settings.session')}>
          {t('settings.since')} <Time iso={me.session.auth_time} />, {t('settings.until')} <Time iso={me.session.expires_at} />
        </Setting>
      )}
    </section>
  );
}

export function Profile() {
  const { me, error, reload } = useMe();
  return (
    <div className="f-narrow">
      {error && !me && <ProblemCard error={error} onRetry={reload} />}
      {!error && !me && <Skeleton rows={3} />}
      {me && <Person me={me} />}
      <Looks />
    </div>
  );
}
