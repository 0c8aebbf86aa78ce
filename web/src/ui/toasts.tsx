/** Short messages in one polite region; they wait while pointed at or focused. */
import { useEffect, useState } from 'react';

import { t } from '@/i18n/t';
import type { ToastSpec } from '@/sdk/types';
import { Button } from './button';
import { Icon } from './icon';
import { type WritableStore, useStore } from './store';

export type Toast = ToastSpec & { id: string };
type ToastsProps = { store: WritableStore<Toast[]> };
type ToastRowProps = { toast: Toast; store: WritableStore<Toast[]> };

const LIFE_MS = 5000;
const LIFE_WITH_UNDO_MS = 10_000;

export function pushToast(store: WritableStore<Toast[]>, toast: ToastSpec): void {
  const id = `${Date.now()}-${Math.random()}`;
  store.update((all) => [...all.slice(-2), { ...toast, id }]);
}

function dismiss(store: WritableStore<Toast[]>, id: string): void {
  store.update((all) => all.filter((toast) => toast.id !== id));
}

function ToastRow({ toast, store }: ToastRowProps) {
  const [held, setHeld] = useState(false);
  const lasting = toast.undo || toast.action || toast.kind === 'bad' ? LIFE_WITH_UNDO_MS : LIFE_MS;
  const handleDone = () => dismiss(store, toast.id);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => dismiss(store, toast.id), lasting);
    return () => clearTimeout(timer);
  }, [held, lasting, store, toast.id]);
  const kind = toast.kind ?? 'info';
  return (
    // Pointing or focusing holds it; there is nothing to activate on the row itself.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="f-toast" role={kind === 'bad' ? 'alert' : undefined} data-kind={kind} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <Icon name={{ info: 'info', good: 'circle-check', bad: 'circle-alert' }[kind]} />
      <span>{toast.text}</span>
      {toast.action && <a className="f-link" href={toast.action.to}>{toast.action.label}</a>}
      {toast.undo && (
        <Button variant="ghost" onClick={() => { handleDone(); void toast.undo?.(); }}>{t('undo')}</Button>
      )}
      <Button variant="ghost" icon="x" aria-label={t('dismiss')} onClick={handleDone} />
    </div>
  );
}

export function Toasts({ store }: ToastsProps) {
  const toasts = useStore(store);
  return (
    <section className="f-toasts" role="status" aria-label={t('toasts')}>
      {toasts.map((toast) => <ToastRow key={toast.id} toast={toast} store={store} />)}
    </section>
  );
}
