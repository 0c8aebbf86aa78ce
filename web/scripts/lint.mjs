/** Runs ESLint over the shell and every plugin page, from the repository's root. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const web = resolve(import.meta.dirname, '..');
const eslint = join(web, 'node_modules', 'eslint', 'bin', 'eslint.js');
const targets = ['web', 'plugins/*/ui', 'examples/*/ui'];
const { status } = spawnSync(process.execPath, [eslint, '--config', join(web, 'eslint.config.js'), '--max-warnings', '0', '--no-error-on-unmatched-pattern', ...targets, ...process.argv.slice(2)], { cwd: resolve(web, '..'), stdio: 'inherit' });
process.exit(status ?? 1);
