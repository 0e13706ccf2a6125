import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const json = process.env.VOUCH_TEST_JSON;
const first = { include: ['test/**/*.test.ts'], exclude: ['test/systems/**', 'test/**/*.slow.test.ts'] };

/** Tests that need the tfjs backend of test/support/tf-cpu.ts; others open a backend of their own. */
const onCpu = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => join('test', file))
  .filter((file) => readFileSync(file, 'utf8').includes('support/tf-cpu.js'));

/**
 * Tests that change what the files of one process share: globals, modules that are mocked or loaded again, the exit
 * code, the tfjs backend.
 */
const apart = [
  ...onCpu,
  'test/library/run.test.ts',
  'test/packed/**/*.test.ts',
  'test/scripts/doctor.test.ts',
  'test/scripts/monitor.test.ts',
  'test/serve/work/pace.test.ts',
  'test/support/sync-folder.test.ts',
  'test/support/wasm/**/*.test.ts',
  'test/train/backend/**/*.test.ts',
  'test/train/learn/networks/adam-w/**/*.test.ts',
];

export default defineConfig({
  test: {
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 2,
    reporters: json === undefined ? ['default'] : ['default', ['json', { outputFile: json }]],
    projects: [
      { extends: true, test: { ...first, name: 'apart', include: apart } },
      // These share a process with others: modules are loaded once per process, not once per file.
      { extends: true, test: { ...first, name: 'shared', exclude: [...first.exclude, ...apart], isolate: false } },
    ],
  },
});
