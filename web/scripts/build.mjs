/** Builds the shell, then the page of every plugin and example. `--pages` builds only the pages. */
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

import { findPages, pageConfig } from '../page-preset.ts';

const web = resolve(import.meta.dirname, '..');
const repository = resolve(web, '..');
const TEXT = /\.(?:css|html|js|json|svg|txt|ts)$/;

/** A compressed twin beside every text file, for servers that hand it out as it is. */
function compress(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) compress(path);
    else if (TEXT.test(name)) writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
  }
}

/** The types a plugin author checks a page against. */
function writeTypes(out) {
  const source = readFileSync(join(web, 'src/sdk/types.ts'), 'utf8');
  writeFileSync(join(out, 'foundation-sdk.d.ts'), source.replace('export const UI_API = 1 as const;', 'export declare const UI_API: 1;'));
}

async function buildShell() {
  await build({ root: web, configFile: join(web, 'vite.config.ts'), logLevel: 'warn' });
  const out = join(web, 'dist');
  writeTypes(out);
  compress(out);
  console.log('built web/dist');
}

async function buildPages() {
  for (const page of findPages([join(repository, 'plugins'), join(repository, 'examples')])) {
    await build(pageConfig(page));
    console.log(`built the page of ${page.id}`);
  }
}

if (!process.argv.includes('--pages')) await buildShell();
await buildPages();
