/** How Foundation looks and speaks to one person, in this browser; each choice is in force at once. */
import { chooseLanguage, chosenLanguage, type Language } from '@/i18n/language';
import { t } from '@/i18n/t';
import { Select } from '@/ui/controls';
import { useHost } from '@/ui/host-context';
import { type Preferences, browserZone } from '@/ui/preferences';
import { Segments } from '@/ui/segments';
import { Setting } from '@/ui/setting';
import { useStore } from '@/ui/store';
import type { ThemeChoice } from '@/ui/theme';
import { usePreferences } from '@/ui/use-preferences';
import { useTheme } from '@/ui/use-theme';

const THEMES: readonly ThemeChoice[] = ['system', 'light', 'dark'];
/** Each language in its own words: who looks for it reads those. */
const TONGUES: { value: Exclude<Language, 'pseudo'>; label: string }[] = [{ value: 'en', label: 'English' }, { value: 'fr', label: 'Français' }];

/** Words are chosen before the first of them is said, so another language is another page. */
function handleLanguage(value: string): void {
  chooseLanguage(TONGUES.find((tongue) => tongue.value === value)?.value ?? null);
  window.location.reload(); // a form with changes asks before it is left
}

function Appearance() {
  const [theme, choose] = useTheme();
  const [{ density }, change] = usePreferences();
  return (
    <section className="f-section" aria-labelledby="appearance">
      <h2 id="appearance">{t('settings.appearance')}</h2>
      <Setting label={t('settings.theme')} hint={t('settings.theme.hint')}>
        <Segments label={t('settings.theme')} name="theme" value={theme} options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))} onChange={choose} />
      </Setting>
      <Setting label={t('settings.density')} hint={t('settings.density.hint')}>
        <Segments<Preferences['density']>
          label={t('settings.density')}
          name="density"
          value={density}
          options={[{ value: 'cosy', label: t('settings.density.cosy') }, { value: 'compact', label: t('settings.density.compact') }]}
          onChange={(value) => change({ density: value })}
        />
      </Setting>
    </section>
  );
}

function Region() {
  const { env, fmt } = useHost();
  useStore(env); // the example follows what is chosen
  const [{ times, dates, timeZone }, change] = usePreferences();
  const zones = Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value.replaceAll('_', ' ') }));
  return (
    <section className="f-section" aria-labelledby="region">
      <h2 id="region">{t('settings.region')}</h2>
      <Setting label={t('settings.language')} hint={t('settings.language.hint')}>
        <Select aria-label={t('settings.language')} value={chosenLanguage() ?? ''} empty={t('settings.language.auto')} options={TONGUES} onChange={(event) => handleLanguage(event.target.value)} />
      </Setting>
      <Setting label={t('settings.zone')} hint={t('settings.zone.hint')}>
        <Select aria-label={t('settings.zone')} value={timeZone} empty={t('settings.zone.auto', { zone: browserZone() })} options={zones} onChange={(event) => change({ timeZone: event.target.value })} />
      </Setting>
      <Setting label={t('settings.dates')} hint={t('settings.dates.hint', { example: fmt.dateTime(new Date().toISOString()) })}>
        <Segments<Preferences['dates']>
          label={t('settings.dates')}
          name="dates"
          value={dates}
          options={[{ value: 'locale', label: t('settings.dates.locale') }, { value: 'iso', label: t('settings.dates.iso') }]}
          onChange={(value) => change({ dates: value })}
        />
      </Setting>
      <Setting label={t('settings.times')} hint={t('settings.times.hint')}>
        <Segments<Preferences['times']>
          label={t('settings.times')}
          name="times"
          value={times}
          options={[{ value: 'relative', label: t('settings.times.relative') }, { value: 'absolute', label: t('settings.times.absolute') }]}
          onChange={(value) => change({ times: value })}
        />
      </Setting>
    </section>
  );
}

function Keyboard() {
  const [{ shortcuts }, change] = usePreferences();
  return (
    <section className="f-section" aria-labelledby="keyboard">
      <h2 id="keyboard">{t('keys.title')}</h2>
      <Setting label={t('settings.keys')} hint={t('settings.keys.hint')}>
        <label className="f-check">
          <input type="checkbox" role="switch" aria-label={t('settings.keys')} checked={shortcuts} onChange={(event) => change({ shortcuts: event.target.checked })} />
        </label>
      </Setting>
    </section>
  );
}

export function Looks() {
  return (
    <>
      <Appearance />
      <Region />
      <Keyboard />
    </>
  );
}
