/** What a refusal looks like: words, a way on, and how long to wait. */
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import { problemWords } from '@/ui/problem-words';
import { ProblemError } from '@/api/problem';
import { openShell } from '@test/world';
import { problem } from '../../mock/api';

const limited = (wait: number) => new ProblemError({ type: 'about:blank', title: 'x', status: 429, retry_after: wait });

test.each([[1, 'Wait 1 second, then try again.'], [45, 'Wait 45 seconds, then try again.'], [600, 'Wait 10 minutes, then try again.'], [86_400, 'Wait 24 hours, then try again.']])('a wait of %d s is told as people count', (wait, words) => {
  expect(problemWords(limited(wait)).body).toBe(words);
});

test('too many requests: the button counts down before it tries again', async () => {
  const world = openShell('/s/etl');
  world.answers['GET /api/users'] = [{ ...problem(429, 'too_many'), headers: { 'retry-after': '2', 'content-type': 'application/problem+json' } }];
  await world.user.click(await screen.findByRole('link', { name: 'Users' }));
  expect(await screen.findByText('Wait 2 seconds, then try again.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Try again in 2 seconds' })).toHaveProperty('disabled', true);
  await world.user.click(await screen.findByRole('button', { name: 'Try again' }, { timeout: 5000 }));
  expect(await screen.findByText('Otto Operator')).toBeTruthy();
});

test.each([[403, 'forbidden', 'You may not do this'], [404, 'not_found', 'There is nothing here']])('a %d leads home instead of asking again', async (status, code, title) => {
  const world = openShell('/s/etl');
  world.answers['GET /api/users'] = [problem(status, code)];
  await world.user.click(await screen.findByRole('link', { name: 'Users' }));
  expect(await screen.findByText(title)).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Go to the dashboard' })).toHaveProperty('pathname', '/');
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

test('a wrong word in the address is named', async () => {
  const world = openShell('/s/etl');
  world.answers['GET /api/users'] = [problem(422, 'invalid', { errors: [{ pointer: 'query:days', detail: 'must be a whole number' }] })];
  await world.user.click(await screen.findByRole('link', { name: 'Users' }));
  expect((await screen.findByText('days')).parentElement?.textContent).toBe('days: must be a whole number');
});
