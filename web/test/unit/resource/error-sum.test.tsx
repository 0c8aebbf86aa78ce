/** A form with many mistakes. */
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { SchemaForm } from '@/resource/schema-form';
import type { FormSpec } from '@/sdk/types';
import { HostContext } from '@/ui/host-context';
import { hostOf } from '@test/world';

const field = (title: string) => ({ type: 'string' as const, title });
const SPEC: FormSpec = { schema: { type: 'object', required: ['a', 'b', 'c', 'd'], properties: { a: field('Alpha'), b: field('Beta'), c: field('Gamma'), d: field('Delta') } } };

test('more than three are summed up as links to their fields', async () => {
  const user = userEvent.setup();
  render(<HostContext value={hostOf('projects').host}><SchemaForm spec={SPEC} onSubmit={() => Promise.resolve()} /></HostContext>);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(screen.getByRole('alert').textContent).toContain('4 fields are not right');
  await user.click(screen.getByRole('link', { name: 'Gamma' }));
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Gamma' }));
  await user.type(screen.getByRole('textbox', { name: 'Gamma' }), 'x');
  expect(screen.queryByRole('alert')).toBeNull();
});
