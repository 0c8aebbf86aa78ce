/** The preferences of this tab, and how to change one. */
import { createContext, useContext } from 'react';

import type { PreferenceStore, Preferences } from './preferences';
import { useStore } from './store';

export const PreferencesContext = createContext<PreferenceStore | null>(null);

export function usePreferences(): [Preferences, (part: Partial<Preferences>) => void] {
  const store = useContext(PreferencesContext);
  if (store === null) throw new Error('usePreferences needs the shell around it');
  return [useStore(store.value), store.change];
}
