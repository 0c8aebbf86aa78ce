/** The palette ranks by what was typed, and the keys of sections are all different. */
import { expect, test } from 'vitest';

import { fit } from '@/shell/palette/match';
import { isTyping, sequencesOf } from '@/shell/shortcuts';
import { shellOf } from '../../mock/data';

test('a start beats initials, which beat a letter somewhere', () => {
  expect(fit('new', 'New credential')).toBeGreaterThan(fit('nc', 'New credential'));
  expect(fit('nc', 'New credential')).toBeGreaterThan(fit('red', 'New credential'));
  expect(fit('xyz', 'New credential')).toBe(0);
});

test('accents and other words for a thing are found too', () => {
  expect(fit('executions', 'Exécutions')).toBeGreaterThan(0);
  expect(fit('secrets', 'Credentials', ['secrets'])).toBeGreaterThan(0);
});

test('each section has a key of its own, the first letter that is free', () => {
  const keys = sequencesOf(shellOf({}).sections);
  expect(new Set(keys.map((one) => one.keys)).size).toBe(keys.length);
  expect(keys.find((one) => one.section.id === 'credentials')?.keys).toBe('c');
});

test('a letter in a field is a letter', () => {
  const input = document.createElement('input');
  const tick = Object.assign(document.createElement('input'), { type: 'checkbox' });
  expect([isTyping(input), isTyping(tick), isTyping(document.body)]).toEqual([true, false, false]);
});
