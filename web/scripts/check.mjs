/** Everything that must hold before a change is taken: types, lint, tests, build, sizes. Stops at the first that does not. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const web = resolve(import.meta.dirname, '..');
const bin = (path) => join(web, 'node_modules', path);
const STEPS = [
  ['types of the shell', bin('typescript/bin/tsc'), '-p', 'tsconfig.json'],
  ['types of the pages', bin('typescript/bin/tsc'), '-p', 'tsconfig.pages.json'],
  ['types of the build', bin('typescript/bin/tsc'), '-p', 'tsconfig.node.json'],
  ['lint', 'scripts/lint.mjs'],
  ['tests', bin('vitest/vitest.mjs'), 'run'],
  ['build', 'scripts/build.mjs'],
  ['sizes', 'scripts/size.mjs'],
];

for (const [name, ...command] of STEPS) {
  const started = performance.now();
  const { status } = spawnSync(process.execPath, command, { cwd: web, stdio: 'inherit' });
  if (status !== 0) {
    console.error(`web: ${name} failed`);
    process.exit(status ?? 1);
  }
  console.log(`web: ${name} clean (${((performance.now() - started) / 1000).toFixed(1)} s)`);
}
