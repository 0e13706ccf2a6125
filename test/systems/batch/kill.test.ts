import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { sampleLines } from '../../support/sample-answers.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';
import { killed, score } from './vouch-score.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-kill-'));
const at = (name: string) => join(dir, name);
const fixed = [at('answers.jsonl'), '--model', at('bundle'), '--checkpoint', '512', '--quiet'];

beforeAll(async () => {
  await writeTinyBundle(at('bundle'));
  writeFileSync(at('answers.jsonl'), `${sampleLines(60_000, 500).join('\n')}\n`);
});
afterAll(() => rmSync(dir, { recursive: true }));

it('kill −9 at 100 random moments: output after resume byte-identical to an undisturbed run', async () => {
  const draw = random('kill -9');
  let kills = 0;
  for (const ending of ['.jsonl', '.parquet']) {
    const whole = at(`whole${ending}`);
    const { status, seconds } = score([...fixed, '--out', whole, '--threads', '1']);
    expect(status).toBe(0);
    for (let n = 0; n < 50; ) {
      const out = at(`killed${ending}`);
      rmSync(out, { force: true });
      let threads = 1;
      while (!existsSync(out)) {
        threads = 1 + draw.int(3);
        const args = [...fixed, '--out', out, '--resume', '--threads', String(threads)];
        // now and then at once, while the first blocks are on their way
        const after = draw.next() < 0.2 ? draw.int(20) : draw.next() * 400 * seconds;
        if (n < 50 && (await killed(args, `${out}.partial`, after))) n++;
        else if (!existsSync(out)) expect(score(args).status).toBe(0);
      }
      kills = ending === '.jsonl' ? n : 50 + n;
      expect(readFileSync(out).equals(readFileSync(whole))).toBe(true);
      expect(readFileSync(`${out}.bad.jsonl`).equals(readFileSync(`${whole}.bad.jsonl`))).toBe(true);
    }
  }
  expect(kills).toBe(100);
  expect(readdirSync(dir).filter((name) => name.includes('.partial'))).toEqual([]);
});
