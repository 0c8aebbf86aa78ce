/** The palette: any place, any thing and any command by a few letters; the ARIA pattern of a combobox with a list. */
import '@/styles/palette.css';

import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';

import { t } from '@/i18n/t';
import { sectionUrl } from '@/plugin/section-url';
import { Icon } from '@/ui/icon';
import { type Entry, type PaletteParts, entriesOf } from './entries';
import { findThings } from './find';
import { fit } from './match';

type PaletteProps = PaletteParts & { onClose: () => void };

const MOST = 40;
const PAUSE_MS = 150;

function useThings(parts: PaletteParts, typed: string): Entry[] {
  const [found, setFound] = useState<{ typed: string; entries: Entry[] }>({ typed: '', entries: [] });
  const { client, history } = parts.app;
  const { sections } = parts.shell;
  useEffect(() => {
    if (typed.length < 2) return undefined;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      void findThings(client, sections, typed, (href) => history.push(href), controller.signal).then((entries) => {
        if (!controller.signal.aborted) setFound({ typed, entries });
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, history, sections, typed]);
  return typed.length < 2 ? [] : found.entries;
}

/** No hit is not a dead end: the trail may know what is meant. */
function lastHope({ app, shell }: PaletteParts, typed: string): Entry[] {
  const audit = shell.sections.find((section) => section.id === 'audit');
  if (audit === undefined || typed === '') return [];
  return [{ id: 'audit', group: t('palette.elsewhere'), title: t('palette.audit', { text: typed }), icon: audit.icon, run: () => app.history.push(`${sectionUrl(audit)}?target=${encodeURIComponent(typed)}`) }];
}

function listed(all: Entry[], things: Entry[], typed: string): Entry[] {
  const ranked = all
    .map((entry, index) => ({ entry, index, score: fit(typed, entry.title, entry.keywords) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => (typed === '' ? a.index - b.index : b.score - a.score || a.index - b.index))
    .map(({ entry }) => entry);
  const seen = new Set<string>();
  return [...ranked, ...things].filter(({ id }) => !seen.has(id) && seen.add(id)).slice(0, MOST);
}

function grouped(entries: Entry[]): [string, Entry[]][] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups];
}

export function Palette({ onClose, ...parts }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  // What there is does not change while the palette is open.
  const all = useMemo(() => entriesOf(parts), []); // eslint-disable-line react-hooks/exhaustive-deps
  const things = useThings(parts, typed.trim());
  const hits = listed(all, things, typed.trim());
  const groups = grouped([...hits, ...lastHope(parts, typed.trim())]);
  const shown = groups.flatMap(([, entries]) => entries); // the order in which they are drawn
  const chosen = shown[Math.min(at, shown.length - 1)];

  useEffect(() => {
    const before = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    // Not given back to React: newer browsers answer with a promise.
    document.getElementById(`${id}-${chosen?.id ?? ''}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen?.id]);

  const handleRun = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    onClose();
    queueMicrotask(entry.run); // after the focus went back, so that a new page may take it
  };
  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -shown.length, End: shown.length }[event.key];
    if (event.key === 'Enter') {
      event.preventDefault();
      handleRun(chosen);
    }
    if (step === undefined || shown.length === 0) return;
    event.preventDefault();
    const next = Math.abs(step) > 1 ? (step > 0 ? shown.length - 1 : 0) : (Math.min(at, shown.length - 1) + step + shown.length) % shown.length;
    setAt(next);
  };

  return (
    <dialog ref={dialog} className="f-dialog s-palette" aria-label={t('palette.title')} closedby="any" onClose={onClose} onCancel={onClose}>
      <div className="s-palette-head">
        <Icon name="search" />
        {/* The palette is opened in order to type. */}
        <input
          className="s-palette-input"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen && `${id}-${chosen.id}`}
          aria-label={t('palette.title')}
          placeholder={t('palette.hint')}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={handleKey}
        />
        <kbd className="f-kbd">Esc</kbd>
      </div>
      <div className="s-palette-list" id={`${id}-list`} role="listbox" aria-label={t('palette.results')}>
        {groups.map(([group, entries]) => (
          <div key={group} role="group" aria-label={group}>
            <div className="s-palette-group" aria-hidden="true">{group}</div>
            {entries.map((entry) => (
              // The keyboard stays in the box above; the pointer is the other way.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events
              <div key={entry.id} id={`${id}-${entry.id}`} role="option" tabIndex={-1} aria-selected={entry.id === chosen?.id} className="s-palette-item" onClick={() => handleRun(entry)} onMouseMove={() => setAt(shown.indexOf(entry))}>
                <Icon name={entry.icon} />
                <span className="f-clip">{entry.title}</span>
                {entry.hint !== undefined && <span className="s-palette-hint">{entry.hint}</span>}
              </div>
            ))}
          </div>
        ))}
      </div>
      <p role="status" className="f-hidden">{t('palette.count', { n: shown.length })}</p>
    </dialog>
  );
}
