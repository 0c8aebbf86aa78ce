/** Fails when the first load of the shell, or its styles, outgrow their budget (gzipped). */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = { js: 120, css: 8 };
const dist = resolve(import.meta.dirname, '..', 'dist');

function size(path) {
  return gzipSync(readFileSync(join(dist, path)), { level: 9 }).length / 1024;
}

/** All modules that the first page needs: the entry, its preloads, and what they import statically. */
function firstLoad(html) {
  const found = new Set();
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    const code = readFileSync(join(dist, path), 'utf8');
    for (const [, name] of code.matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w*{}$,\s]+?\s*from\s*)?["']\.\/([\w.-]+\.js)["']/g)) visit(`assets/${name}`);
  };
  for (const [, path] of html.matchAll(/(?:src|href)="\/([\w./-]+\.js)"/g)) visit(path);
  return [...found];
}

const html = readFileSync(join(dist, 'index.html'), 'utf8').replace(/<script type="importmap">[\s\S]*?<\/script>/, '');
const files = { js: firstLoad(html), css: [...html.matchAll(/href="\/([\w./-]+\.css)"/g)].map(([, path]) => path) };
let failed = false;
for (const [kind, paths] of Object.entries(files)) {
  const total = paths.reduce((sum, path) => sum + size(path), 0);
  if (process.argv.includes('--list')) for (const path of paths) console.log(`  ${size(path).toFixed(1).padStart(6)} KB  ${path}`);
  console.log(`first load ${kind}: ${total.toFixed(1)} KB gz of ${BUDGET_KB[kind]} (${paths.length} files)`);
  failed ||= total > BUDGET_KB[kind];
}
if (failed) {
  console.error('The first load is over its budget: move code into a section, or leave it out.');
  process.exit(1);
}
