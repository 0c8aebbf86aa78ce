/** Brings a plugin's module in: every file checked against its hash first, at most ten seconds, never a broken one twice. */
import { type ModuleUi, type PluginModule, UI_API } from '@/sdk/types';

export type Loader = { peek(ui: ModuleUi): PluginModule | undefined; load(ui: ModuleUi): Promise<PluginModule> };
type LoaderParts = { document: Document; importModule: (url: string) => Promise<unknown>; limitMs?: number };

export class LoadFailed extends Error {
  override readonly name = 'LoadFailed';
}

function isPluginModule(value: unknown): value is PluginModule {
  return typeof value === 'object' && value !== null && 'mount' in value && typeof value.mount === 'function';
}

function pick(module: unknown, name: string): PluginModule {
  const found: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;
  if (!isPluginModule(found)) throw new LoadFailed(`the module has no export "${name}" with mount(root, host)`);
  const asked: number = found.uiApi; // what the page says, whatever it was compiled against
  if (asked !== UI_API) throw new LoadFailed(`the page needs UI API ${asked}, this shell offers ${UI_API}`);
  return found;
}

function late(ms: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new LoadFailed(`the page did not load within ${ms / 1000} seconds`)), ms);
  });
}

/** Fetch and check one file; rejects when its bytes are not the ones that were installed. */
function preload(document: Document, url: string, integrity: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = url;
    if (integrity !== undefined) link.integrity = integrity;
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove(); // so that the next try asks again
      reject(new LoadFailed(`${url} could not be loaded, or is not the file that was installed`));
    });
    document.head.append(link);
  });
}

export function createLoader({ document, importModule, limitMs = 10_000 }: LoaderParts): Loader {
  const ready = new Map<string, PluginModule>();
  const pending = new Map<string, Promise<PluginModule>>();
  const failures = new Map<string, number>();
  const keyOf = (ui: ModuleUi) => `${ui.entry}#${ui.export}`;

  async function bring(ui: ModuleUi): Promise<PluginModule> {
    const tries = failures.get(ui.entry) ?? 0;
    // A browser remembers a failed module by its address; only a new one is tried again (whatwg/html#6768).
    const entry = tries === 0 ? ui.entry : `${ui.entry}?r=${tries}`;
    await Promise.all([preload(document, entry, ui.integrity[ui.entry]), ...ui.preload.map((url) => preload(document, url, ui.integrity[url]))]);
    return pick(await importModule(entry), ui.export);
  }

  return {
    peek: (ui) => ready.get(keyOf(ui)),
    load(ui) {
      const key = keyOf(ui);
      const known = pending.get(key);
      if (known) return known;
      const loading = Promise.race([bring(ui), late(limitMs)]).then(
        (module) => {
          ready.set(key, module);
          return module;
        },
        (error: unknown) => {
          pending.delete(key);
          failures.set(ui.entry, (failures.get(ui.entry) ?? 0) + 1);
          throw error;
        },
      );
      pending.set(key, loading);
      return loading;
    },
  };
}
