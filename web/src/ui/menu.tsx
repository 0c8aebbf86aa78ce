/** A menu on the native popover, with every key of the ARIA menu button pattern. */
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';

import { Icon } from './icon';

export type MenuItem = { id: string; label: string; icon?: string; danger?: boolean; checked?: boolean; /** One of several that may all be on; without it `checked` is one choice of many. */ multiple?: boolean; onSelect: () => void };
type MenuProps = { label: string; trigger: ReactNode; items: MenuItem[]; header?: ReactNode; variant?: 'ghost' | 'secondary'; place?: 'below' | 'above' };

function nextIndex(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown': return (index + 1) % count;
    case 'ArrowUp': return (index - 1 + count) % count;
    case 'Home': return 0;
    case 'End': return count - 1;
    default: return null;
  }
}

export function Menu({ label, trigger, items, header, variant = 'ghost', place = 'below' }: MenuProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const entries = () => [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];

  const handleToggle = (isOpen: boolean) => {
    setOpen(isOpen);
    if (isOpen && !list.current?.contains(document.activeElement)) entries()[0]?.focus(); // told late: a key may have chosen another
  };
  const handleKey = (event: KeyboardEvent) => {
    const all = entries();
    const index = all.findIndex((entry) => entry === document.activeElement);
    const byLetter = event.key.length === 1
      ? [...all.slice(index + 1), ...all].find((entry) => entry.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))
      : undefined;
    const next = nextIndex(event.key, index, all.length);
    const target = next === null ? byLetter : all[next];
    if (event.key === 'Tab') list.current?.hidePopover();
    if (target === undefined) return;
    event.preventDefault();
    target.focus();
  };
  const handleButtonKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    list.current?.showPopover();
    if (event.key === 'ArrowUp') entries().at(-1)?.focus();
  };

  return (
    <span className="f-menu-anchor" data-place={place}>
      <button ref={button} type="button" className="f-btn" data-variant={variant} data-square="" aria-label={label} aria-haspopup="menu" aria-expanded={open} popoverTarget={id} onKeyDown={handleButtonKey}>
        {trigger}
      </button>
      <div ref={list} id={id} popover="auto" className="f-menu" onToggle={(event) => handleToggle(event.newState === 'open')}>
        {header}
        <div role="menu" aria-label={label} tabIndex={-1} onKeyDown={handleKey}>
          {items.map((item) => (
            <button
              key={item.id}
              type="button"
              role={item.checked === undefined ? 'menuitem' : item.multiple ? 'menuitemcheckbox' : 'menuitemradio'}
              aria-checked={item.checked}
              tabIndex={-1}
              className="f-menu-item"
              data-danger={item.danger || undefined}
              onClick={() => {
                if (!item.multiple) {
                  list.current?.hidePopover();
                  button.current?.focus();
                }
                item.onSelect();
              }}
            >
              <Icon name={item.checked === undefined ? (item.icon ?? 'box') : item.checked ? 'check' : (item.icon ?? 'box')} />
              {item.label}
            </button>
          ))}
        </div>
      </div>
    </span>
  );
}
