/**
 * Words that plugins declare in Python, in the language of this tab.
 *
 * They come in English; the shell brings a plugin's own translations of them, by the English text.
 */
import { currentLanguage } from './language';
import { pseudo } from './pseudo';

const known = new Map<string, string>();

/** Take in the translations the server knows; later ones win. */
export function learn(translations: Record<string, string>): void {
  for (const [english, text] of Object.entries(translations)) known.set(english, text);
}

export function said(english: string): string {
  if (english !== '' && currentLanguage() === 'pseudo') return pseudo(english);
  return known.get(english) ?? english;
}

const WORDS = new Set(['title', 'label', 'description', 'body', 'submit', 'placeholder']);
/** A badge's words are its keys, and a schema's fields are named by them: neither is a text to read. */
const NOT_WORDS = new Set(['properties', 'badge', 'when', 'showIf', 'required']);

/** The declared page *value* with its words said; ids, paths and fields stay. */
export function saidThroughout<T>(value: T, inWords = true): T {
  if (Array.isArray(value)) return value.map((item: unknown) => saidThroughout(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => {
    if (typeof inner === 'string') return [key, inWords && WORDS.has(key) ? said(inner) : inner];
    return [key, saidThroughout(inner, !NOT_WORDS.has(key))];
  });
  return Object.fromEntries(entries) as T; // the same shape, said
}
