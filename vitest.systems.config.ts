import { defineConfig } from 'vitest/config';

const json = process.env.VOUCH_SYSTEMS_JSON;

/**
 * The slow tier: engines, browser, other languages, Spark. One file at a time, as each takes the machine for itself.
 */
export default defineConfig({
  test: {
    include: ['test/systems/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    fileParallelism: false,
    passWithNoTests: true,
    reporters: json === undefined ? ['verbose'] : ['verbose', ['json', { outputFile: json }]],
  },
});
