/**
 * Words that plugins declare in Python, in the language of this tab.
 *
 * They come in English; the shell brings a plugin's own translations of them, by the English text.
 * A text with holes ("no answer within {n} s") stands for every text that fills them; `{n}` is a number.
 */
import { currentLanguage } from './language';
import { pseudo } from './pseudo';

const known = new Map<string, string>();
const holed = new Map<string, { like: RegExp; names: string[]; text: string }>();
const HOLE = /\{(\w+)\}/g;

/** Take in the translations the server knows; later ones win. */
export function learn(translations: Record<string, string>): void {
  for (const [english, text] of Object.entries(translations)) {
    known.set(english, text);
    const names = [...english.matchAll(HOLE)].map(([, name = '']) => name);
    if (names.length === 0) continue;
    const like = english.split(HOLE).map((part, at) => (at % 2 === 1 ? (part === 'n' ? '([\\d.]+)' : '([^;]+?)') : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('');
    holed.set(english, { like: new RegExp(`^${like}$`), names, text });
  }
}

function filled(english: string): string | undefined {
  for (const { like, names, text } of holed.values()) {
    const found = like.exec(english);
    if (found) return text.replace(HOLE, (whole, name: string) => said(found[names.indexOf(name) + 1] ?? whole));
  }
  return undefined;
}

export function said(english: string): string {
  if (english !== '' && currentLanguage() === 'pseudo') return pseudo(english);
  return known.get(english) ?? filled(english) ?? english;
}

/** A reason, or several that a server joined with semicolons. */
export function saidEach(english: string): string {
  const whole = said(english);
  return whole === english ? english.split('; ').map(said).join('; ') : whole;
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
