/** Every key of the menu button pattern. */
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { Menu } from '@/ui/menu';

function openMenu() {
  const chosen: string[] = [];
  const items = ['Copy', 'Delete', 'Edit'].map((label) => ({ id: label, label, onSelect: () => chosen.push(label) }));
  render(<Menu label="Do" trigger="…" items={items} />);
  return { chosen, user: userEvent.setup(), button: screen.getByRole('button', { name: 'Do' }) };
}
const focused = () => document.activeElement?.textContent;

test('arrow down opens it on the first entry, arrow up on the last', async () => {
  const { user, button } = openMenu();
  button.focus();
  await user.keyboard('{ArrowDown}');
  expect(focused()).toBe('Copy');
  expect(button.getAttribute('aria-expanded')).toBe('true');
  document.querySelector<HTMLElement>('[popover]')?.hidePopover();
  button.focus();
  await user.keyboard('{ArrowUp}');
  expect(focused()).toBe('Edit');
});

test('being told late that it is open takes the focus from no entry', async () => {
  const { user, button } = openMenu();
  button.focus();
  await user.keyboard('{ArrowUp}');
  document.querySelector('[popover]')?.dispatchEvent(Object.assign(new Event('toggle'), { newState: 'open' }));
  expect(focused()).toBe('Edit');
});

test('arrows go round, Home and End to the ends, letters to their entry', async () => {
  const { user, button } = openMenu();
  button.focus();
  await user.keyboard('{ArrowDown}{ArrowDown}');
  expect(focused()).toBe('Delete');
  await user.keyboard('{End}');
  expect(focused()).toBe('Edit');
  await user.keyboard('{ArrowDown}');
  expect(focused()).toBe('Copy');
  await user.keyboard('{ArrowUp}');
  expect(focused()).toBe('Edit');
  await user.keyboard('{Home}');
  expect(focused()).toBe('Copy');
  await user.keyboard('d');
  expect(focused()).toBe('Delete');
});

test('choosing closes it, gives the focus back, and does it', async () => {
  const { user, button, chosen } = openMenu();
  button.focus();
  await user.keyboard('{ArrowDown}{Enter}');
  expect(chosen).toEqual(['Copy']);
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute('aria-expanded')).toBe('false');
});
