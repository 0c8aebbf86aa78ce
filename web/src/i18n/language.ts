/** Which language this tab speaks: the choice kept in this browser, else the browser's own, else English. */
export const LANGUAGES = ['en', 'fr'] as const;
/** `pseudo` is English made longer and foreign: it shows what is not in a catalogue, and what is too tight. */
export type Language = (typeof LANGUAGES)[number] | 'pseudo';

export const LANGUAGE_KEY = 'foundation.language';

function kept(): string | null {
  try {
    return localStorage.getItem(LANGUAGE_KEY);
  } catch {
    return null; // storage is switched off
  }
}

/** The choice of this person; null follows the browser. */
export function chosenLanguage(): Language | null {
  const value = kept();
  return [...LANGUAGES, 'pseudo' as const].find((one) => one === value) ?? null;
}

export function currentLanguage(): Language {
  const browser = navigator.language.split('-')[0];
  return chosenLanguage() ?? LANGUAGES.find((one) => one === browser) ?? 'en';
}

/** The tag for `Intl` and `lang`: the browser's own region where it speaks the language. */
export function localeOf(language: Language): string {
  if (language === 'pseudo') return 'en';
  return navigator.language.startsWith(language) ? navigator.language : language;
}

export function chooseLanguage(language: Language | null): void {
  try {
    if (language === null) localStorage.removeItem(LANGUAGE_KEY);
    else localStorage.setItem(LANGUAGE_KEY, language);
  } catch {
    // Storage is switched off: the next page speaks as the browser does.
  }
}
