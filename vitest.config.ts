import { defineConfig } from 'vitest/config';

/** `unit` needs Node only; `e2e` drives the real Electron window and needs a display (see scripts/test.mjs). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          globalSetup: ['tests/support/test-run-folder.ts'],
          include: ['tests/{shared,files,engine,app,host,cli,renderer,scripts,contract}/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          pool: 'forks',
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          globalSetup: ['tests/support/test-run-folder.ts'],
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          pool: 'forks',
        },
      },
    ],
  },
});
