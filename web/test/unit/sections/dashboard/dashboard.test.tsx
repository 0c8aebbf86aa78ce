/** The dashboard over the fake server: numbers lead to their lists, one failure stays in its card. */
import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';

import { openShell } from '@test/world';

const card = async (name: string) => within(await screen.findByRole('region', { name }));

describe('the dashboard', () => {
  test('leads from each number, line and day to the list behind it', async () => {
    openShell('/');
    const glance = await card('At a glance');
    expect(glance.getByRole('link', { name: /Projects/ })).toHaveProperty('pathname', '/s/projects');
    expect(glance.getByText('–')).toBeTruthy(); // not known now, and no link
    expect((await card('Health')).getByRole('link', { name: 'redis' })).toHaveProperty('pathname', '/settings/plugins');
    expect((await card('Activity')).getByRole('link', { name: '28 Feb: Done 3, Denied 1' })).toHaveProperty('search', '?since=2026-02-28T00:00:00Z');
    expect(screen.getByRole('link', { name: 'Failed runs' })).toHaveProperty('search', '?state=failed');
  });

  test('says in a sentence that nothing is wrong, and in its own card what failed', async () => {
    openShell('/');
    expect((await card('Failed runs')).getByText('No run has failed.')).toBeTruthy();
    const failed = await card('Late orders');
    expect(failed.getByText('It did not answer in time.')).toBeTruthy();
    expect(failed.getByText('0199-dash')).toBeTruthy();
  });

  test('shows what is left to do first, until it is put away', async () => {
    const { user, mock } = openShell('/');
    const steps = await card('First steps');
    expect(steps.getByText('1 of 2 done')).toBeTruthy();
    expect(steps.getByRole('link', { name: 'Keep a credential' })).toHaveProperty('pathname', '/s/credentials/new');
    expect(steps.queryByRole('link', { name: 'Let a second person in' })).toBeNull();
    await user.click(steps.getByRole('button', { name: 'Put away' }));
    await waitFor(() => expect(screen.queryByRole('region', { name: 'First steps' })).toBeNull());
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('region', { name: 'First steps' })).toBeTruthy();
    expect(mock.world.sent.map((call) => call.method).filter((method) => method !== 'GET')).toEqual(['DELETE', 'PUT']);
  });
});
