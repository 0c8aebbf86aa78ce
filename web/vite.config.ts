/** How the shell is built, served while developing, and tested. */
import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

import { preloadFont } from './preload-font.ts';
import { sharedModules } from './shared-modules.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react(), sharedModules(), preloadFont()],
  resolve: {
    alias: [
      { find: /^@foundation\/sdk\/react$/, replacement: at('./src/sdk/react.tsx') },
      { find: /^@foundation\/sdk$/, replacement: at('./src/sdk/index.ts') },
      { find: /^@\//, replacement: at('./src/') },
      { find: /^@test\//, replacement: at('./test/unit/') },
    ],
    dedupe: ['react', 'react-dom', '@testing-library/react', '@testing-library/user-event', 'vitest'],
  },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 300,
    // One file instead of twenty small ones: it compresses better and is asked for once.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'react', test: /\/node_modules\/(?:react|react-dom|scheduler)\// }, { name: 'kit', test: /\/web\/src\/(?:ui\/|i18n\/|api\/|sdk\/types|plugin\/section-url|shell\/shortcuts)/, minShareCount: 2 }] } } },
  },
  server: { fs: { allow: [at('..')] }, proxy: { '/api': process.env['FOUNDATION_API'] ?? 'http://localhost:3000' } },
  test: {
    environment: 'happy-dom',
    // A link of one test, such as one that saves a file, must not move the next.
    environmentOptions: { happyDOM: { settings: { navigation: { disableMainFrameNavigation: true, disableFallbackToSetURL: true } } } },
    testTimeout: 30_000, // a busy machine is slow, and no test waits for nothing
    include: ['test/unit/**/*.test.{ts,tsx}', '../plugins/*/ui/*.test.tsx', '../examples/*/ui/*.test.tsx'],
    setupFiles: ['test/unit/setup.ts'],
    maxWorkers: 2,
    isolate: false,
    restoreMocks: true,
  },
});
