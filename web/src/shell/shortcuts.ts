/** The keyboard's map: which keys do what, and when they are left alone. */
import type { Section } from '@/sdk/types';

export type Sequence = { keys: string; section: Section };

/** `g` and a letter for each section: the first letter of its name that is still free. */
export function sequencesOf(sections: readonly Section[]): Sequence[] {
  const taken = new Set<string>();
  return sections.flatMap((section) => {
    const letters = section.title.normalize('NFKD').toLowerCase().match(/[a-z]/g) ?? [];
    const letter = letters.find((one) => !taken.has(one));
    if (letter === undefined) return [];
    taken.add(letter);
    return [{ keys: letter, section }];
  });
}

/** Where a letter is meant as a letter. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=""], [contenteditable=true], [role=menu]') !== null;
}

export function hasModifier({ ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
  return ctrlKey || metaKey || altKey;
}

/** The page's own search box, and its one primary action. */
export function focusFilter(root: ParentNode): boolean {
  const box = root.querySelector<HTMLInputElement>('main input[type=search]');
  box?.focus();
  box?.select();
  return box !== null;
}

export function pressNew(root: ParentNode): boolean {
  const button = root.querySelector<HTMLElement>('main .f-page-actions [data-variant=primary]');
  button?.click();
  return button !== null;
}
