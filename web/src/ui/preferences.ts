/** How a person wants to see and use Foundation; kept in this browser, in force at once. */
import type { Env } from '@/sdk/types';
import { type WritableStore, createStore } from './store';

export type Preferences = {
  times: Env['times'];
  dates: Env['dates'];
  density: Env['density'];
  /** Empty: the zone of this browser. */
  timeZone: string;
  /** Shortcuts of one letter can be in the way of speech input (WCAG 2.1.4). */
  shortcuts: boolean;
};
export type PreferenceStore = { value: WritableStore<Preferences>; change: (part: Partial<Preferences>) => void };

const KEY = 'foundation.preferences'; // public/theme.js reads the density from it
export const DEFAULTS: Preferences = { times: 'relative', dates: 'locale', density: 'cosy', timeZone: '', shortcuts: true };

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function stored(): Preferences {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>; // ours, each part is looked at
    return {
      times: kept.times === 'absolute' ? 'absolute' : 'relative',
      dates: kept.dates === 'iso' ? 'iso' : 'locale',
      density: kept.density === 'compact' ? 'compact' : 'cosy',
      timeZone: typeof kept.timeZone === 'string' && isZone(kept.timeZone) ? kept.timeZone : '',
      shortcuts: kept.shortcuts !== false,
    };
  } catch {
    return DEFAULTS; // storage is switched off, or holds something else
  }
}

function keep(value: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(value));
  } catch {
    // Storage is switched off: the choice holds until the tab is closed.
  }
}

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function createPreferences(env: WritableStore<Env>): PreferenceStore {
  const value = createStore(stored());
  const apply = ({ times, dates, density, timeZone }: Preferences) => {
    if (density === 'compact') document.documentElement.dataset['density'] = density;
    else delete document.documentElement.dataset['density'];
    env.update((now) => ({ ...now, times, dates, density, timeZone: timeZone || now.timeZone }));
  };
  const home = env.value.timeZone;
  apply(value.value);
  return {
    value,
    change(part) {
      const next = { ...value.value, ...part };
      keep(next);
      value.set(next);
      apply({ ...next, timeZone: next.timeZone || home });
    },
  };
}
