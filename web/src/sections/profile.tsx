/** Who one is here, and how Foundation looks to one. */
import type { ReactNode } from 'react';

import type { MeView } from '@/api/wire';
import { t } from '@/i18n/t';
import { Badge } from '@/ui/badge';
import { useHost } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import type { ThemeChoice } from '@/ui/theme';
import { Time } from '@/ui/time';
import { useMe } from './use-me';
import { useTheme } from '@/ui/use-theme';

type SettingProps = { label: string; hint?: string; children: ReactNode };
type PersonProps = { me: MeView };

const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark'];

function Setting({ label, hint, children }: SettingProps) {
  return (
    <div className="f-setting">
      <div>
        <div className="f-name">{label}</div>
        {hint !== undefined && <div className="f-meta">{hint}</div>}
      </div>
      <div>{children}</div>
    </div>
  );
}

function Person({ me }: PersonProps) {
  return (
    <section className="f-section" aria-labelledby="profile">
      <h2 id="profile">{t('settings.profile')}</h2>
      <Setting label={t('settings.name')}>{me.name}</Setting>
      <Setting label={t('settings.email')}>{me.email}</Setting>
      <Setting label={t('settings.roles')}>{me.roles.length === 0 ? t('role.none') : me.roles.map((role) => <Badge key={role}>{role}</Badge>)}</Setting>
      {me.session && (
        <Setting label={t('settings.session')}>
          {t('settings.since')} <Time iso={me.session.auth_time} />, {t('settings.until')} <Time iso={me.session.expires_at} />
        </Setting>
      )}
    </section>
  );
}

function Appearance() {
  const [theme, choose] = useTheme();
  return (
    <section className="f-section" aria-labelledby="appearance">
      <h2 id="appearance">{t('settings.appearance')}</h2>
      <Setting label={t('settings.theme')} hint={t('settings.theme.hint')}>
        <div className="f-segments" role="radiogroup" aria-label={t('settings.theme')}>
          {THEMES.map((choice) => (
            <label key={choice}>
              <input type="radio" name="theme" value={choice} checked={theme === choice} onChange={() => choose(choice)} /> <span>{t(`theme.${choice}`)}</span>
            </label>
          ))}
        </div>
      </Setting>
    </section>
  );
}

export function Profile() {
  const { env } = useHost();
  const { me, error, reload } = useMe();
  return (
    <div className="f-narrow">
      {error && !me && <ProblemCard error={error} onRetry={reload} />}
      {!error && !me && <Skeleton rows={3} />}
      {me && <Person me={me} />}
      <Appearance />
      <section className="f-section" aria-labelledby="region">
        <h2 id="region">{t('settings.region')}</h2>
        <Setting label={t('settings.zone')} hint={t('settings.zone.hint')}>{env.value.timeZone}</Setting>
      </section>
    </div>
  );
}
