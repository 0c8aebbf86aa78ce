/** Words of the server are said in the language of the tab, also those that hold a number or a name. */
import { expect, test } from 'vitest';

import { learn, said, saidEach } from '@/i18n/said';
import { shortDay } from '@/i18n/short-day';

test('a text with holes stands for every text that fills them', () => {
  learn({ 'a run has waited {n} s in {queue}': 'attend depuis {n} s dans {queue}', default: 'par défaut', 'is (not) {n} wide {n}': 'large' });

  expect(said('a run has waited 331 s in default')).toBe('attend depuis 331 s dans par défaut');
  expect(said('is (not) 1 wide 2')).toBe('large');
  expect(said('nobody knows this')).toBe('nobody knows this');
});

test('a hole named n is filled by a number only', () => {
  learn({ '{n} expired': 'expirés : {n}' });

  expect(said('2 expired')).toBe('expirés : 2');
  expect(said('Token expired')).toBe('Token expired');
});

test('of several reasons in one each is said', () => {
  learn({ '{n} late': 'en retard : {n}', 'it halted: {why}; start it': 'arrêt : {why} ; relancez' });

  expect(saidEach('2 late; 3 late; 4 lost')).toBe('en retard : 2; en retard : 3; 4 lost');
  expect(saidEach('it halted: no disk; start it')).toBe('arrêt : no disk ; relancez');
});

test('a day is written as the language writes it, another label as it is', () => {
  expect(shortDay('fr', '2026-11-25')).toBe('25 nov.');
  expect(shortDay('en-US', '2026-11-25')).toBe('Nov 25');
  expect(shortDay('fr', 'North')).toBe('North');
});
