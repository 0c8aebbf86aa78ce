/** What a form checks before it sends, and what it sends. */
import { describe, expect, test } from 'vitest';

import { ProblemError } from '@/api/problem';
import { placeErrors } from '@/resource/form-errors';
import { initialValues, outgoing, validate } from '@/resource/schema-validate';
import type { JsonSchema } from '@/sdk/types';

const SCHEMA: JsonSchema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 5 },
    slug: { type: 'string', pattern: '^[a-z]+$' },
    port: { type: 'integer', minimum: 1, maximum: 65535, default: 5432 },
    note: { type: 'string' },
    due: { type: 'string', format: 'date' },
    tags: { type: 'array', items: { type: 'string' } },
    values: { type: 'object', required: ['password'], properties: { password: { type: 'string', writeOnly: true } } },
  },
};

describe('validate', () => {
  test.each([
    [{ name: '' }, '/name', 'Fill this in.'],
    [{ name: 'x' }, '/name', 'Use at least 2 characters.'],
    [{ name: 'xxxxxx' }, '/name', 'Use at most 5 characters.'],
    [{ name: 'abc', slug: 'A b' }, '/slug', 'This does not have the expected form.'],
    [{ name: 'abc', port: 0 }, '/port', 'Give 1 or more.'],
    [{ name: 'abc', port: 1.5 }, '/port', 'Give a whole number.'],
    [{ name: 'abc', values: {} }, '/values/password', 'Fill this in.'],
  ])('%j is refused at %s', (values, pointer, words) => {
    expect(validate(SCHEMA, values)[pointer]).toBe(words);
  });

  test('what fits is taken', () => {
    expect(validate(SCHEMA, { name: 'abc', slug: 'abc', port: 1, values: { password: 'x' } })).toEqual({});
  });

  test('a name that was there may not be emptied, though an edit requires nothing', () => {
    const edit: JsonSchema = { type: 'object', properties: { name: { type: 'string', minLength: 1 } } };
    expect(validate(edit, { name: '' }, { name: 'before' })['/name']).toBe('Fill this in.');
    expect(validate(edit, { name: '' })).toEqual({});
  });
});

describe('outgoing', () => {
  test('empty fields are left out of something new', () => {
    expect(outgoing(SCHEMA, { name: 'abc', slug: '', tags: [] })).toEqual({ name: 'abc' });
  });

  test('what was there and is emptied is said so', () => {
    const before = { note: 'old', due: '2026-01-01', tags: ['x'] };
    expect(outgoing(SCHEMA, { note: '', due: '', tags: [] }, before)).toEqual({ note: '', due: null, tags: [] });
  });
});

test('a form starts with what is there, else with the defaults', () => {
  expect(initialValues(SCHEMA, { name: 'abc' })).toMatchObject({ name: 'abc', port: 5432, values: { password: undefined } });
});

describe('placeErrors', () => {
  const refusal = (pointer: string) => new ProblemError({ type: 'about:blank', title: 'x', status: 422, errors: [{ pointer, detail: 'wrong' }] });

  test.each([['/name', '/name'], ['/values/password', '/values/password'], ['/tags/0', '/tags']])('%s is shown at %s', (pointer, field) => {
    expect(placeErrors(refusal(pointer), SCHEMA).fields).toEqual({ [field]: 'wrong' });
  });

  test('an error about no field of the form is told above it', () => {
    expect(placeErrors(refusal('/owner'), SCHEMA).rest).toEqual(['owner: wrong']);
  });

  test('a conflict that names a field with the value that was sent is shown there', () => {
    const taken = new ProblemError({ type: 'about:blank', title: 'x', status: 409, detail: 'a project has this slug', slug: 'taken' });
    expect(placeErrors(taken, SCHEMA, { sent: { slug: 'taken' } }).fields).toEqual({ '/slug': 'A project has this slug.' });
    expect(placeErrors(taken, SCHEMA, { sent: { slug: 'other' } }).fields).toEqual({});
  });

  test('a prefix is taken off', () => {
    expect(placeErrors(refusal('/values/name'), SCHEMA, { prefix: '/values' }).fields).toEqual({ '/name': 'wrong' });
  });
});
