/** Lint: the layers as zones computed from the folders, hooks, accessibility, sizes. Run from the repository's root. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import js from '@eslint/js';
import a11y from 'eslint-plugin-jsx-a11y';
import hooks from 'eslint-plugin-react-hooks';
import ts from 'typescript-eslint';

/** Top to bottom; a folder may import only from rows below its own. */
const LAYERS = [['shell'], ['sections', 'plugin'], ['sdk'], ['resource'], ['ui'], ['api', 'i18n']];
const NOT_LAYERS = ['styles'];

const src = join(import.meta.dirname, 'src');
const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
const unknown = folders.filter((name) => !LAYERS.flat().includes(name) && !NOT_LAYERS.includes(name));
if (unknown.length > 0) throw new Error(`these folders of web/src have no layer in eslint.config.js: ${unknown.join(', ')}`);

const STYLE = {
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
  'no-restricted-syntax': [
    'error',
    { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text only: the policy refuses HTML from strings.' },
    { selector: "JSXAttribute[name.name='style']", message: 'Looks live in the style sheets.' },
    { selector: "MemberExpression[property.name=/^(?:innerHTML|outerHTML)$/]", message: 'The policy refuses HTML from strings.' },
    { selector: 'TSNonNullAssertion', message: 'Say what happens when it is missing.' },
    { selector: "ImportDeclaration[source.value=/^\\.\\.\\/\\.\\./]", message: 'Use "@/".' },
  ],
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-confusing-void-expression': 'off', // short handlers may return what they call
  'no-console': ['error', { allow: ['error', 'warn', 'info'] }],
  eqeqeq: 'error',
};

/** What each folder may not import: its siblings in the row, and every row above. */
const zones = LAYERS.flatMap((row, depth) => row.map((folder) => {
  const forbidden = [...LAYERS.slice(0, depth).flat(), ...row.filter((other) => other !== folder)];
  const patterns = forbidden.map((name) => ({
    group: name === 'sdk' ? ['@/sdk/*', '!@/sdk/types'] : [`@/${name}/*`],
    message: `${folder} lies below or beside ${name}.`,
  }));
  return { files: [`web/src/${folder}/**`], rules: { 'no-restricted-imports': ['error', { patterns: [...patterns, { group: ['../*'], message: 'Use "@/".' }] }] } };
}));

export default ts.config(
  { ignores: ['**/node_modules/**', 'web/dist/**', '**/foundation_*/**'] },
  js.configs.recommended,
  {
    files: ['web/src/**/*.{ts,tsx}', 'web/test/unit/**/*.{ts,tsx}', 'plugins/*/ui/**/*.{ts,tsx}', 'examples/*/ui/**/*.{ts,tsx}', 'web/*.ts', 'web/test/mock/*.ts'],
    extends: [...ts.configs.strictTypeChecked, a11y.flatConfigs.strict, hooks.configs.flat['recommended-latest']],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.pages.json', 'tsconfig.node.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: STYLE,
  },
  ...zones,
  {
    files: ['plugins/*/ui/**', 'examples/*/ui/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group: ['@/*', '*/web/*', '../*'], message: 'A page uses @foundation/sdk and itself.' }] }],
    },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'web/test/**'],
    rules: { 'max-lines-per-function': 'off', 'no-restricted-imports': 'off', 'no-restricted-syntax': 'off' },
  },
  {
    files: ['web/scripts/*.mjs', 'web/test/provider/*.mjs', 'web/eslint.config.js', 'web/public/*.js'],
    languageOptions: { globals: { console: 'readonly', performance: 'readonly', process: 'readonly', document: 'readonly', localStorage: 'readonly', URL: 'readonly', fetch: 'readonly', location: 'readonly', navigator: 'readonly', self: 'readonly', Response: 'readonly' } },
    rules: { 'max-lines': STYLE['max-lines'] },
  },
);
