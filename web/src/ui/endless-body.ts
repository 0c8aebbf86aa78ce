/** The body of an endless list as the browser has it: where its rows stand, how tall they are, in which order they are read. */
import { t } from '@/i18n/t';
import { createEndlessView } from './endless-view';

const BEAT = 6; // frames between two words about which rows one sees

type Why = 'move' | 'rest' | 'grown';
type List = { rows: unknown[]; hasMore: boolean; onPlace: (words: string) => void; onEnd: (() => void) | undefined };

/** Which row an element is, or is opened below of; the head is the first that `aria-rowindex` counts. */
function indexOf(row: HTMLTableRowElement): number {
  return Number(row.dataset['below'] ?? Number(row.getAttribute('aria-rowindex')) - 2);
}

const rowsOf = (body: HTMLElement | null) => [...(body?.children ?? [])] as HTMLTableRowElement[]; // a body holds nothing else
const isBelow = (row: HTMLTableRowElement) => row.dataset['below'] !== undefined;

/** The row in which somebody is with the keyboard; -1 is none. */
function focused(body: HTMLElement): number {
  const row = body.contains(document.activeElement) ? document.activeElement?.closest('tr') : null;
  return row ? indexOf(row) : -1;
}

/** Slots stand in the order in which they were filled; whoever reads or tabs through them finds the rows in theirs. */
export function order(body: HTMLElement): void {
  const rows = rowsOf(body);
  const orderly = rows.toSorted((a, b) => indexOf(a) - indexOf(b) || Number(isBelow(a)) - Number(isBelow(b)));
  if (orderly.every((row, n) => row === rows[n])) return;
  if (window.getSelection()?.isCollapsed === false) return; // what is selected stays selected; to ask lays all out, so last
  const still = orderly.findIndex((row) => row.contains(document.activeElement)); // whoever is moved loses the focus
  const pivot = orderly[still];
  if (pivot !== undefined) {
    pivot.before(...orderly.slice(0, still));
    pivot.after(...orderly.slice(still + 1));
    return;
  }
  let next = body.firstElementChild;
  for (const row of orderly) {
    if (row === next) next = next.nextElementSibling;
    else body.insertBefore(row, next);
  }
}

/** All that touches the document. While it scrolls, nothing is read there after something was written. */
export function createDrawing() {
  const view = createEndlessView(window.innerHeight);
  const known = new WeakMap<Element, number>();
  let watched = new WeakSet<Element>();
  let table: HTMLTableElement | null = null;
  let body: HTMLElement | null = null;
  let sizes: ResizeObserver | undefined;
  let beats = 0;
  let asked = 0;
  let seen: { count: number; above: number } | undefined; // nobody has looked: before the first drawing that would lay all out

  /** True when what is opened below a row has another height than was known. */
  function opened(): boolean {
    let changed = false;
    for (const row of rowsOf(body).filter(isBelow)) {
      const [at, height] = [indexOf(row), row.offsetHeight];
      changed ||= view.below.get(at) !== height;
      view.below.set(at, height);
    }
    return changed;
  }

  function set(element: HTMLElement, edge: number, name: 'height' | 'transform'): void {
    if (known.get(element) === edge) return;
    known.set(element, edge);
    element.style.setProperty(name, name === 'height' ? `${edge}px` : `translateY(${edge}px)`);
  }

  function observe(row: HTMLTableRowElement): void {
    if (sizes === undefined || watched.has(row)) return;
    watched.add(row);
    sizes.observe(row);
  }

  /** Move each row to where it stands: by a transform, which lays nothing out. */
  function place(count: number): void {
    if (body === null) return;
    set(body, view.offset(count), 'height');
    for (const [n, row] of rowsOf(body).entries()) {
      const at = indexOf(row);
      set(row, isBelow(row) ? view.offset(at + 1) - (view.below.get(at) ?? 0) : view.offset(at), 'transform');
      if (n === 0 || isBelow(row)) observe(row);
    }
  }

  /** Draw what one sees now. A list that grew stands where it stood. */
  function look({ rows, hasMore, onPlace, onEnd }: List, why: Why): void {
    if (body === null || (why === 'grown' && seen === undefined)) return;
    const there = why === 'grown' && seen !== undefined && rows.length >= seen.count ? seen.above : undefined;
    seen = { count: rows.length, above: there ?? -(table?.tHead?.getBoundingClientRect().bottom ?? 0) };
    const { first, last, nearEnd } = view.look(seen.above, window.innerHeight, rows.length, { kept: focused(body), scrolls: why === 'move' });
    beats = why === 'move' ? beats + 1 : 0;
    if (beats % BEAT === 0) onPlace(t(hasMore ? 'table.place.more' : 'table.place', { from: first, to: last, n: rows.length }));
    if (!nearEnd || onEnd === undefined || asked === rows.length) return;
    asked = rows.length; // once for each page: a failed one has its button
    onEnd();
  }

  return {
    view,
    look,
    place,
    attach(nextTable: HTMLTableElement | null, nextBody: HTMLElement | null) {
      table = nextTable;
      body = nextBody;
    },
    order() {
      if (body !== null) order(body);
    },
    /** Rows are drawn anew: learn what is opened below them now. */
    learn() {
      view.below.clear();
      if (body === null) return;
      opened();
      order(body);
    },
    /** Look for the first time; and see to it that rows stand right when they, or what is opened, become taller. */
    watch(list: () => List): () => void {
      look(list(), 'rest');
      const observer = new ResizeObserver(() => {
        const row = rowsOf(body).find((one) => !isBelow(one));
        const differs = [opened(), view.measured(row?.offsetHeight ?? 0)];
        if (!differs.includes(true)) return;
        place(list().rows.length);
        look(list(), 'rest');
      });
      sizes = observer;
      for (const [n, row] of rowsOf(body).entries()) if (n === 0 || isBelow(row)) observe(row);
      return () => {
        observer.disconnect();
        sizes = undefined;
        watched = new WeakSet();
      };
    },
  };
}
