/** Listens for the shortcuts while nobody types and no dialog is open. */
import { useEffect, useRef } from 'react';

import type { App } from '@/plugin/app';
import { sectionUrl } from '@/plugin/section-url';
import type { Shell } from '@/sdk/types';
import type { PreferenceStore } from '@/ui/preferences';
import { focusFilter, hasModifier, isTyping, pressNew, sequencesOf } from './shortcuts';

type Listening = { app: App; shell: Shell; preferences: PreferenceStore; onPalette: () => void; onHelp: () => void };

const SEQUENCE_MS = 1500;

/** One letter; true when it did something. */
function single(key: string, { preferences, onHelp }: Listening): boolean {
  switch (key) {
    case '/': return focusFilter(document);
    case 'n': return pressNew(document);
    case 't':
      preferences.change({ times: preferences.value.value.times === 'relative' ? 'absolute' : 'relative' });
      return true;
    case '?':
      onHelp();
      return true;
    default: return false;
  }
}

export function useShortcuts(listening: Listening): void {
  const { app, shell, preferences, onPalette } = listening;
  const since = useRef(0); // the page may be drawn anew between two letters
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        if (document.querySelector('dialog[open]') === null) onPalette();
        return;
      }
      if (!preferences.value.value.shortcuts || event.defaultPrevented || hasModifier(event) || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const inSequence = Date.now() - since.current < SEQUENCE_MS;
      since.current = 0;
      if (inSequence) {
        const found = sequencesOf(shell.sections).find(({ keys }) => keys === event.key.toLowerCase());
        if (found === undefined) return;
        event.preventDefault();
        app.history.push(sectionUrl(found.section));
        return;
      }
      if (event.key === 'g') since.current = Date.now();
      else if (single(event.key, listening)) event.preventDefault();
    };
    document.addEventListener('keydown', handleKey);
    return () => document.removeEventListener('keydown', handleKey);
  });
}
