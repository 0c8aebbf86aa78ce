/** Texts by key, filled in and counted. */
import { expect, test } from 'vitest';

import { catalogue } from '@/i18n/catalogue';
import { createFormats } from '@/i18n/formats';

const t = catalogue({ hello: 'Hello, {name}', 'row.one': '{n} row', 'row.other': '{n} rows' });

test('names are filled in', () => {
  expect(t('hello', { name: 'Ada' })).toBe('Hello, Ada');
});

test('a number chooses its form', () => {
  expect(t('row', { n: 1 })).toBe('1 row');
  expect(t('row', { n: 1200 })).toBe('1,200 rows');
});

test('a name nobody gave stays visible', () => {
  expect(t('hello')).toBe('Hello, {name}');
});

test('times are told from now, exactly with their zone', () => {
  const formats = createFormats('en', 'UTC', { now: () => Date.parse('2026-03-01T12:00:00Z') });
  expect(formats.relative('2026-03-01T11:57:00Z')).toBe('3 min ago');
  expect(formats.relative('2026-03-10T12:00:00Z')).toBe('in 9 days');
  expect(formats.relative('2026-03-01T12:00:04Z')).toBe('just now');
  expect(formats.dateTime('2026-03-01T11:57:00Z')).toContain('UTC');
});

test('sizes use decimal units', () => {
  const formats = createFormats('en', 'UTC');
  expect(formats.bytes(0)).toBe('0 B');
  expect(formats.bytes(1536)).toBe('1.5 kB');
});
