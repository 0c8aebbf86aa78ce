/** The tail of the trail in a whole shell. */
import { screen, waitFor } from '@testing-library/react';
import { describe, expect, test } from 'vitest';

import { spoken } from '@test/spoken';
import { openShell } from '@test/world';

import audit from './main';

describe('the tail of the trail', () => {
  test('is switched on and stands in the address', async () => {
    const { live } = spoken();
    const { user, history } = openShell('/s/audit', { live, modules: { audit } });
    await user.click(await screen.findByRole('button', { name: 'Live', pressed: false }));
    expect(history.location.search).toBe('?live=1');
    expect(await screen.findByText('Waiting for the connection')).toBeTruthy();
  });

  test('counts what is new for whoever reads, and shows it when asked', async () => {
    const { live, say, become } = spoken();
    const { user, mock, answers } = openShell('/s/audit?live=1', { live, modules: { audit } });
    become('live');
    expect(await screen.findByText('Live: new events appear here')).toBeTruthy();
    const [first] = await screen.findAllByRole('button', { expanded: false, name: /revealed|attached|created|Signed in|failed/ });
    if (first) await user.click(first); // somebody reads
    const { body } = mock.handle({ method: 'GET', path: '/api/audit', query: new URLSearchParams({ limit: '50' }), body: {}, headers: new Headers() });
    const page = body as { items: { id: string }[]; next: string | null };
    const fresh = { ...page, items: [{ ...page.items[0], id: 'fresh' }, ...page.items] };
    answers['GET /api/audit'] = Array.from({ length: 5 }, () => ({ status: 200, body: fresh }));
    say('audit', 'events', { events: [{ id: 'fresh', type: 'x.y.z' }] });
    await user.click(await screen.findByRole('button', { name: '1 new event' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: '1 new event' })).toBeNull());
  });
});
