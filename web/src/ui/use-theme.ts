/** The theme of this tab, for the two places that let a person choose it. */
import { createContext, useContext } from 'react';

import { useStore } from './store';
import type { Theme, ThemeChoice } from './theme';

export const ThemeContext = createContext<Theme | null>(null);

export function useTheme(): [ThemeChoice, (choice: ThemeChoice) => void] {
  const theme = useContext(ThemeContext);
  if (theme === null) throw new Error('useTheme needs the shell around it');
  return [useStore(theme.choice), theme.choose];
}
