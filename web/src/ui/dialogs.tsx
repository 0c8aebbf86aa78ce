/** Questions on top of the page: each is a promise, answered by its dialog. */
import { Fragment, type ReactNode } from 'react';

import { type WritableStore, useStore } from './store';

type Open = { id: number; node: ReactNode };
export type DialogStore = WritableStore<Open[]>;
type DialogsProps = { store: DialogStore };

/** Show what *draw* gives until it answers; null means closed without an answer. */
export function openDialog<T>(store: DialogStore, draw: (answer: (value: T | null) => void) => ReactNode): Promise<T | null> {
  return new Promise((resolve) => {
    const id = (store.value.at(-1)?.id ?? 0) + 1;
    const answer = (value: T | null) => {
      store.update((all) => all.filter((open) => open.id !== id));
      resolve(value);
    };
    store.update((all) => [...all, { id, node: draw(answer) }]);
  });
}

export function Dialogs({ store }: DialogsProps) {
  return useStore(store).map((open) => <Fragment key={open.id}>{open.node}</Fragment>);
}
