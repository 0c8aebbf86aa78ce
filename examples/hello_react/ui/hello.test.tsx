/** The example's page in a whole shell. */
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import { openShell } from '@test/world';

import page from './main';

test('it greets by what the plugin’s own route says', async () => {
  openShell('/s/hello_react', { modules: { hello_react: page } });
  expect(await screen.findByText('Hello, Ada Admin')).toBeTruthy();
});
