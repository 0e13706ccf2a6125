import { defineConfig } from 'vitest/config';

const json = process.env.VOUCH_SLOW_JSON;

/** Tests that train often, or draw many samples: `*.slow.test.ts`. They need nothing but this repository. */
export default defineConfig({
  test: {
    include: ['test/**/*.slow.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    maxWorkers: 2,
    reporters: json === undefined ? ['default'] : ['default', ['json', { outputFile: json }]],
  },
});
