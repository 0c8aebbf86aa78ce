/** A form with groups, conditions and every kind of control. */
import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { SchemaForm } from '@/resource/schema-form';
import type { Values } from '@/resource/schema-validate';
import type { FormSpec } from '@/sdk/types';
import { HostContext } from '@/ui/host-context';
import { hostOf } from '@test/world';

const SPEC: FormSpec = {
  submit: 'Save it',
  groups: [{ title: 'When', fields: ['every', 'at'] }, { title: 'Advanced', fields: ['timeout', 'script'], advanced: true }],
  schema: {
    type: 'object',
    required: ['name', 'every', 'at'],
    properties: {
      name: { type: 'string', title: 'Name' },
      every: { type: 'string', title: 'Every', enum: ['hour', 'day'], 'x-ui': { widget: 'radio' } },
      at: { type: 'string', title: 'At', 'x-ui': { showIf: { every: ['day'] } } },
      loud: { type: 'boolean', title: 'Loud', 'x-ui': { widget: 'switch' } },
      key: { type: 'string', title: 'Key', writeOnly: true, 'x-ui': { widget: 'secret' } },
      timeout: { type: 'integer', title: 'Timeout', default: 30, maximum: 60, 'x-ui': { unit: 'seconds' } },
      script: { type: 'string', title: 'Script', 'x-ui': { widget: 'code' } },
    },
  },
};

function openForm() {
  const { host, queries } = hostOf('projects');
  const sent: Values[] = [];
  const submit = (values: Values) => {
    sent.push(values);
    return Promise.resolve();
  };
  render(<HostContext value={host}><QueryClientProvider client={queries}><SchemaForm spec={SPEC} onSubmit={submit} /></QueryClientProvider></HostContext>);
  return { sent, user: userEvent.setup() };
}

test('what is not asked for is neither required nor sent', async () => {
  const { sent, user } = openForm();
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Nightly');
  await user.click(screen.getByRole('radio', { name: 'Hour' }));
  expect(screen.queryByRole('textbox', { name: 'At' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Save it' }));
  expect(sent).toEqual([{ name: 'Nightly', every: 'hour', loud: false, timeout: 30 }]);
});

test('a field appears with the choice that wants it, and is then required', async () => {
  const { sent, user } = openForm();
  await user.click(screen.getByRole('radio', { name: 'Day' }));
  await user.click(screen.getByRole('switch', { name: 'Loud' }));
  await user.type(screen.getByRole('textbox', { name: 'Name' }), 'Nightly');
  await user.click(screen.getByRole('button', { name: 'Save it' }));
  expect(screen.getByRole('textbox', { name: 'At' }).getAttribute('aria-invalid')).toBe('true');
  await user.type(screen.getByRole('textbox', { name: 'At' }), '02:00');
  await user.click(screen.getByRole('button', { name: 'Save it' }));
  expect(sent).toEqual([{ name: 'Nightly', every: 'day', at: '02:00', loud: true, timeout: 30 }]);
});

test('a folded group opens when something in it is wrong', async () => {
  const { user } = openForm();
  const folded = screen.getByText('Advanced').closest('details');
  expect(folded?.open).toBe(false);
  await user.click(screen.getByText('Advanced'));
  const timeout = screen.getByLabelText('Timeout', { exact: false });
  expect(timeout.getAttribute('aria-describedby')).toContain('-unit');
  await user.clear(timeout);
  await user.type(timeout, '90');
  if (folded) folded.open = false;
  await user.click(screen.getByRole('button', { name: 'Save it' }));
  expect(folded?.open).toBe(true);
});

test('a choice nobody made is said at the choice', async () => {
  const { sent, user } = openForm();
  await user.click(screen.getByRole('button', { name: 'Save it' }));
  expect(screen.getByRole('radiogroup', { name: 'Every' }).getAttribute('aria-invalid')).toBe('true');
  expect(sent).toEqual([]);
});
