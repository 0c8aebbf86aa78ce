/** A choice among the rows of a long list: what is typed is looked for on the server. */
import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { openShell } from '@test/world';

const OTTO = '01990000-0000-7000-8000-000000000002';

test('an owner beyond the first page of people is found by name on the server', async () => {
  const { user, mock, answers } = openShell('/s/users/services/01990000-0000-7000-8000-000000000004');
  const page = (items: unknown[], next: string | null) => ({ status: 200, body: { items, next } });
  const otto = mock.world.users.find((one) => one.id === OTTO);
  const edit = await screen.findByRole('button', { name: 'Edit Nightly export' });
  await screen.findByRole('link', { name: 'Ada Admin' });
  answers['GET /api/users'] = [page([], 'x'), page([otto], null)];
  await user.click(edit);
  const form = await screen.findByRole('dialog', { name: 'Edit Nightly export' });
  const search = await within(form).findByRole('searchbox', { name: 'Search among them' });
  const owner = within(form).getByRole('combobox', { name: 'Owner' });
  expect(await within(owner).findByRole('option', { name: /Ada Admin/, selected: true })).toBeTruthy(); // chosen, though no row of the page
  await user.type(search, 'otto{Enter}');
  await within(owner).findByRole('option', { name: /Otto Operator/ });
  expect(within(form).queryByText(/Not all are listed/)).toBeNull();
  await user.tab();
  expect(document.activeElement).toBe(owner);
  await user.selectOptions(owner, OTTO);
  await user.click(within(form).getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved Nightly export');
  expect(mock.world.sent.filter((call) => call.method === 'PATCH').map((call) => call.body)).toEqual([{ name: 'Nightly export', owner_id: OTTO }]);
});
