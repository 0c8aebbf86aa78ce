/** Builds one plugin's page: its `ui/` folder becomes `main.js`, `main.css` and `ui.json` in its package. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type InlineConfig, type Plugin, esmExternalRequirePlugin } from 'vite';

import { SHARED } from './shared-modules.ts';

export type PageSource = { id: string; source: string; out: string };

/** Every `<parent>/<name>/ui/main.tsx` beside the one package `foundation_<name>` it is built into. */
export function findPages(parents: string[]): PageSource[] {
  return parents.filter((parent) => existsSync(parent)).flatMap((parent) =>
    readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(parent, entry.name, 'ui', 'main.tsx')))
      .map((entry) => describePage(join(parent, entry.name))),
  );
}

function describePage(folder: string): PageSource {
  const packages = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith('foundation_') && !entry.name.endsWith('.egg-info'))
    .map((entry) => entry.name);
  const name = packages[0] ?? `foundation_${basename(folder)}`;
  if (packages.length > 1) throw new Error(`${folder} holds several packages: ${packages.join(', ')}`);
  return { id: name.replace(/^foundation_/, ''), source: join(folder, 'ui'), out: join(folder, name, 'ui') };
}

/** The whole configuration for one page; a page brings no configuration of its own. */
export function pageConfig({ source, out }: PageSource): InlineConfig {
  return {
    configFile: false,
    root: dirname(source),
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [esmExternalRequirePlugin({ external: SHARED }), describeBuild()],
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'es2023',
      cssCodeSplit: false,
      sourcemap: false,
      lib: { entry: join(source, 'main.tsx'), formats: ['es'], fileName: () => 'main.js', cssFileName: 'main' },
    },
  };
}

/** Writes `ui.json`: what the server checks before it offers the section. */
function describeBuild(): Plugin {
  return {
    name: 'foundation:ui-json',
    generateBundle: { order: 'post', handler(_options, bundle) {
      const files = Object.values(bundle);
      const chunks = files.filter((file) => file.type === 'chunk');
      const own = new Set(Object.keys(bundle));
      const imports = [...new Set(chunks.flatMap((chunk) => [...chunk.imports, ...chunk.dynamicImports]))]
        .filter((name) => !own.has(name)).sort();
      const styles = files.map((file) => file.fileName).filter((name) => name.endsWith('.css'));
      const modules = chunks.map((chunk) => chunk.fileName);
      const shared = imports.some((name) => name.startsWith('react')) ? { react: '^19' } : {};
      const source = `${JSON.stringify({ uiApi: 1, modules, styles, imports, shared }, null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'ui.json', source });
    } },
  };
}
