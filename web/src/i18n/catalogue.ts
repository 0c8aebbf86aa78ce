/** Texts by key: `{name}` is filled in, and `key.one` / `key.other` are chosen by the number `n`. */
export type Vars = Record<string, string | number>;

type Stem<K> = K extends `${infer S}.other` ? S : K;

/** Make the `t` of one catalogue; a page brings its own. */
export function catalogue<M extends Record<string, string>>(messages: M, locale = 'en') {
  type Key = keyof M & string;
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return function t(key: Key | Stem<Key>, vars: Vars = {}): string {
    const form = typeof vars['n'] === 'number' ? messages[`${key}.${plurals.select(vars['n'])}`] : undefined;
    const known: Record<string, string | undefined> = messages;
    const text = form ?? known[`${key}.other`] ?? known[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = vars[name];
      return typeof value === 'number' ? numbers.format(value) : (value ?? whole);
    });
  };
}
