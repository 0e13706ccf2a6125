import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
/** What is parsed there is our own, or one string. */
const OWN = new Set([
  'data/ask/journal/journal.ts',
  'data/ask/journal/json-members.ts',
  'data/ask/journal/splice-json.ts',
  'data/read/json/bounded-json.ts',
  'data/read/formats/evaluations/lm-eval.ts',
  'data/scan/scanner.ts',
]);

it('JSON of others is parsed by boundedJson or parseJson: nothing behind them meets a value nested too deeply', () => {
  const wrong = ['data', 'features', 'serve/gateway', 'serve/http', 'serve/routes', 'serve/oip'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
      .map((name) => `${room}/${name}`)
      .filter((path) => path.endsWith('.ts') && !OWN.has(path))
      .filter((path) => /\bJSON\.parse\(/.test(readFileSync(join(root, path), 'utf8'))),
  );
  expect(wrong).toEqual([]);
});
