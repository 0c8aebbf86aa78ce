/** A drawer takes the focus when it opens, and from nobody inside when its title changes. */
import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import { Drawer } from '@/ui/split-page';

const drawer = (title: string) => (
  <>
    <a href="/x">Row</a>
    <Drawer title={title} closeHref="/" onClose={() => undefined}><input aria-label="Name" /></Drawer>
  </>
);
const focused = () => document.activeElement?.textContent;

test('its heading has the focus when it opens, and when another thing is opened in it from outside', () => {
  const { rerender } = render(drawer('Apollo'));
  expect(focused()).toBe('Apollo');
  screen.getByRole('link', { name: 'Row' }).focus();
  rerender(drawer('Gemini'));
  expect(focused()).toBe('Gemini');
});

test('whoever writes in it goes on when somebody else gives it another name', () => {
  const { rerender } = render(drawer('Apollo'));
  screen.getByRole('textbox', { name: 'Name' }).focus();
  rerender(drawer('Apollo 11'));
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Name' }));
});
