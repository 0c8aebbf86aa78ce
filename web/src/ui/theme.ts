/** Light, dark, or as the system; a choice is kept in this browser. */
import type { Env } from '@/sdk/types';
import { type WritableStore, createStore } from './store';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type Theme = { choice: WritableStore<ThemeChoice>; choose: (choice: ThemeChoice) => void };

const KEY = 'foundation.theme';

function stored(): ThemeChoice {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system'; // storage is switched off
  }
}

function keep(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // Storage is switched off: the choice holds until the tab is closed.
  }
}

export function createTheme(env: WritableStore<Env>): Theme {
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const choice = createStore<ThemeChoice>(stored());
  const apply = () => {
    const chosen = choice.value;
    if (chosen === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = chosen;
    env.update((now) => ({ ...now, theme: chosen === 'system' ? (system.matches ? 'dark' : 'light') : chosen }));
  };
  system.addEventListener('change', apply);
  choice.subscribe(apply);
  apply();
  return {
    choice,
    choose(next) {
      keep(next);
      choice.set(next);
    },
  };
}
