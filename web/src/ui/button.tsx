/** A button: one primary at most in a view; while busy it keeps its label and its width. */
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

import { t } from '@/i18n/t';
import { Icon } from './icon';
import { useOnline } from './online';

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'> & {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
  icon?: string;
  busy?: boolean;
  children?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({ variant = 'secondary', icon, busy = false, children, type = 'button', onClick, ...rest }: ButtonProps) {
  // What sends a form waits for the network, and says so; what was typed stays.
  const offline = !useOnline() && type === 'submit' ? { 'aria-disabled': true, title: t('offline.write') } : {};
  const square = children === undefined ? { 'data-square': '' } : {};
  return (
    <button
      {...rest}
      {...square}
      {...offline}
      type={type}
      className="f-btn"
      data-variant={variant}
      aria-busy={busy || undefined}
      onClick={busy || 'title' in offline ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <span className="f-spinner" aria-hidden="true" /> : icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}
