/** Bringing a module in: checked, limited in time, tried again under another address. */
import { describe, expect, test } from 'vitest';

import { createLoader } from '@/plugin/loader';
import { sectionAt } from '@/plugin/section-url';
import type { ModuleUi } from '@/sdk/types';
import { shellOf } from '../../mock/data';

const ENTRY = '/api/ext/x/h1/main.js';
const UI: ModuleUi = { kind: 'module', uiApi: 1, entry: ENTRY, export: 'default', styles: [], preload: ['/api/ext/x/h1/part.js'], integrity: { [ENTRY]: 'sha256-abc' }, shared: {} };
const GOOD = { default: { uiApi: 1, mount: () => undefined } };

function loaderOver(modules: unknown[], outcome: (link: HTMLLinkElement) => 'load' | 'error' | 'never' = () => 'load') {
  const asked: string[] = [];
  const links: HTMLLinkElement[] = [];
  const append = document.head.append.bind(document.head);
  const fake = Object.create(document, {
    createElement: { value: (name: string) => document.createElement(name) },
    head: {
      value: {
        append(link: HTMLLinkElement) {
          append(link);
          links.push(link);
          const kind = outcome(link);
          if (kind !== 'never') queueMicrotask(() => link.dispatchEvent(new Event(kind)));
        },
      },
    },
  }) as Document; // only what the loader uses
  const loader = createLoader({
    document: fake,
    limitMs: 30,
    importModule: (url) => {
      asked.push(url);
      return Promise.resolve(modules.shift());
    },
  });
  return { loader, asked, links };
}

describe('a module', () => {
  test('is imported after all its files were checked, and only once', async () => {
    const { loader, asked, links } = loaderOver([GOOD]);
    const first = await loader.load(UI);
    expect(await loader.load(UI)).toBe(first);
    expect(loader.peek(UI)).toBe(first);
    expect(asked).toEqual([ENTRY]);
    expect(links.map((link) => link.getAttribute('href'))).toEqual([ENTRY, '/api/ext/x/h1/part.js']);
    expect(links[0]?.integrity).toBe('sha256-abc');
  });

  test('with one changed file is not imported', async () => {
    const { loader, asked } = loaderOver([GOOD], (link) => (link.getAttribute('href')?.endsWith('part.js') ? 'error' : 'load'));
    await expect(loader.load(UI)).rejects.toThrow('/api/ext/x/h1/part.js could not be loaded');
    expect(asked).toEqual([]);
  });

  test('that failed is tried again under another address', async () => {
    const { loader, asked } = loaderOver([{}, GOOD]);
    await expect(loader.load(UI)).rejects.toThrow('no export "default"');
    await loader.load(UI);
    expect(asked).toEqual([ENTRY, `${ENTRY}?r=1`]);
  });

  test('for another UI API names both sides', async () => {
    const { loader } = loaderOver([{ default: { uiApi: 2, mount: () => undefined } }]);
    await expect(loader.load(UI)).rejects.toThrow('needs UI API 2, this shell offers 1');
  });

  test('that never comes is given up', async () => {
    const { loader } = loaderOver([GOOD], () => 'never');
    await expect(loader.load(UI)).rejects.toThrow('did not load within');
  });
});

describe('the section of an address', () => {
  const { sections } = shellOf({});
  test.each([['/', 'dashboard'], ['/s/audit/1', 'audit'], ['/settings', 'settings'], ['/settings/plugins', 'plugins'], ['/s/au', undefined], ['/other', undefined]])('%s is %s', (path, id) => {
    expect(sectionAt(sections, path)?.id).toBe(id);
  });
});
