/** Every catalogue says the same things in every language, with the same names to fill in. */
import { describe, expect, test } from 'vitest';

import { LANGUAGES } from '@/i18n/language';
import { pseudo } from '@/i18n/pseudo';
import { learn, said, saidThroughout } from '@/i18n/said';

type Words = Record<string, string>;

const catalogues = import.meta.glob<Words>(['/src/i18n/*.json', '../../../../plugins/*/ui/locales/*.json'], { eager: true, import: 'default' });
const folders = Object.keys(catalogues).filter((path) => path.endsWith('/en.json')).map((path) => path.slice(0, -'/en.json'.length));
const read = (folder: string, language: string): Words => catalogues[`${folder}/${language}.json`] ?? {};
const filled = (text = '') => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(folders)('the words of %s', (folder) => {
  const english = read(folder, 'en');
  test.each(LANGUAGES.filter((language) => language !== 'en'))('are all there in %s', (language) => {
    const words = read(folder, language);
    expect({ missing: Object.keys(english).filter((key) => !(key in words)) }).toEqual({ missing: [] });
    expect({ unknown: Object.keys(words).filter((key) => !(key in english)) }).toEqual({ unknown: [] });
  });
  test.each(LANGUAGES)('name in %s what the English ones name', (language) => {
    const words = read(folder, language);
    const odd = Object.keys(words).filter((key) => key in english && filled(words[key]).join() !== filled(english[key]).join());
    expect(odd).toEqual([]);
  });
});

test('a pseudo text is longer, foreign, and keeps its names', () => {
  const text = pseudo('Copy {what}');
  expect(text).toContain('{what}');
  expect(text).not.toContain('Copy');
  expect(text.length).toBeGreaterThanOrEqual('Copy {what}'.length * 1.4);
});

test('what a plugin declares is said, its fields and keys are not', () => {
  learn({ Name: 'Nom', name: 'rien' });
  const page = { title: 'Name', path: '/Name', columns: [{ field: 'name', label: 'Name' }], properties: { title: { title: 'Name' } } };
  expect(saidThroughout(page)).toEqual({ title: 'Nom', path: '/Name', columns: [{ field: 'name', label: 'Nom' }], properties: { title: { title: 'Nom' } } });
  expect(said('Unknown')).toBe('Unknown');
});
