/** The import map: which modules plugin pages share with the shell, and the policy that lets it run. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

const OWN: Record<string, string> = {
  '@foundation/sdk': '/src/sdk/index.ts',
  '@foundation/sdk/react': '/src/sdk/react.tsx',
};
const REACT = ['react', 'react/jsx-runtime', 'react/jsx-dev-runtime', 'react-dom', 'react-dom/client'];

/** Every specifier a plugin page may import without bundling it. */
export const SHARED = [...REACT, ...Object.keys(OWN)];

const PREFIX = 'virtual:shared/';
const require = createRequire(import.meta.url);

/** Frozen as text; the build adds the hash of the one inline script. */
function policy(hash: string): string {
  return [
    "default-src 'none'", `script-src 'self' '${hash}'`, "style-src 'self'", "img-src 'self' data:",
    "font-src 'self'", "connect-src 'self'", "frame-src 'self'", "manifest-src 'self'", "worker-src 'self'",
    "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "object-src 'none'",
    "require-trusted-types-for 'script'", "trusted-types 'none'",
  ].join('; ');
}

/** React is CommonJS, so its names are listed here and handed on one by one. */
function facade(specifier: string): string {
  const own = OWN[specifier];
  if (own !== undefined) return `export * from ${JSON.stringify(own)};`;
  const names = Object.keys(require(specifier) as object).filter((name) => name !== 'default');
  const lines = names.map((name) => `export const ${name} = module.${name};`);
  return [`import module from ${JSON.stringify(specifier)};`, 'export default module;', ...lines].join('\n');
}

function digest(text: string, algorithm: 'sha256' | 'sha384'): string {
  return `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;
}

function versionOf(specifier: string): string {
  const name = specifier in OWN ? './package.json' : `${specifier.split('/')[0] ?? ''}/package.json`;
  return (require(name) as { version: string }).version;
}

/** Emits a chunk for each shared module, writes the inline import map, `csp.txt` and `importmap.json`. */
export function sharedModules(): Plugin {
  let out = 'dist';
  let building = false;
  return {
    name: 'foundation:shared-modules',
    configResolved(config) {
      out = config.build.outDir;
      building = config.command === 'build';
    },
    buildStart() {
      if (!building) return;
      for (const specifier of SHARED) {
        const name = `shared-${specifier.replace(/[@/]+/g, '-').replace(/^-/, '')}`;
        this.emitFile({ type: 'chunk', id: PREFIX + specifier, name, preserveSignature: 'exports-only' });
      }
    },
    resolveId(id) {
      return id.startsWith(PREFIX) ? `\0${id}` : null;
    },
    load(id) {
      return id.startsWith(`\0${PREFIX}`) ? facade(id.slice(PREFIX.length + 1)) : null;
    },
    transformIndexHtml: {
      order: 'post',
      handler(_html, context) {
        const map = context.bundle ? builtMap(context.bundle) : developmentMap();
        const attrs = { type: 'importmap' };
        return [{ tag: 'script', attrs, children: JSON.stringify(map), injectTo: 'head-prepend' }];
      },
    },
    closeBundle() {
      if (building) writePolicy(out);
    },
  };
}

/** In development the page of the shell itself imports through Vite, so a map of virtual modules is enough. */
function developmentMap() {
  return { imports: Object.fromEntries(SHARED.map((s) => [s, `/@id/${PREFIX}${s}`])) };
}

function builtMap(bundle: Rolldown.OutputBundle) {
  const imports: Record<string, string> = {};
  const integrity: Record<string, string> = {};
  for (const specifier of SHARED) {
    const chunk = Object.values(bundle).find(
      (file) => file.type === 'chunk' && file.facadeModuleId === `\0${PREFIX}${specifier}`,
    );
    if (chunk?.type !== 'chunk') throw new Error(`no chunk was built for ${specifier}`);
    imports[specifier] = `/${chunk.fileName}`;
    integrity[`/${chunk.fileName}`] = digest(chunk.code, 'sha384');
  }
  return { imports, integrity };
}

function writePolicy(out: string): void {
  const html = readFileSync(join(out, 'index.html'), 'utf8');
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  const script = inline[0]?.[1];
  if (inline.length !== 1 || script === undefined) throw new Error(`expected one inline script, found ${inline.length}`);
  const { imports, integrity } = JSON.parse(script) as ReturnType<typeof builtMap>;
  for (const [url, expected] of Object.entries(integrity)) {
    if (digest(readFileSync(join(out, url), 'utf8'), 'sha384') !== expected) throw new Error(`${url} changed after it was hashed`);
  }
  writeFileSync(join(out, 'csp.txt'), `${policy(digest(script, 'sha256'))}\n`);
  const shared = Object.fromEntries(SHARED.map((s) => [s, { url: imports[s], version: versionOf(s) }]));
  writeFileSync(join(out, 'importmap.json'), `${JSON.stringify({ uiApi: { min: 1, max: 1 }, shared }, null, 2)}\n`);
}
