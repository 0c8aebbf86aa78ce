/** The shell's own words. Another language is waited for here, before any module says something. */
import en from './en.json';
import { currentLanguage } from './language';
import { words } from './words';

const others = currentLanguage() === 'fr' ? { fr: (await import('./fr.json')).default } : {};

export const t = words(en, others);
