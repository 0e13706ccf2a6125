import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sampleLines } from '../../support/sample-answers.js';
import { mutated } from '../mutate.js';
import type { Outcomes } from '../outcomes.js';
import { doubled, type FuzzFiles, fuzzFiles } from './fuzz.js';

/** Packed JSON Lines, damaged anywhere: no row is read twice. */
export function fuzzPacked(kind: 'gz' | 'zst', given: FuzzFiles): Promise<Outcomes> {
  const text = Buffer.from(`${sampleLines(200).join('\n')}\n`);
  const zst = () => readFileSync(resolve(import.meta.dirname, '../../cases/10-zstd/pz.jsonl.zst'));
  const whole = kind === 'gz' ? Buffer.concat([gzipSync(text), gzipSync(text)]) : zst();
  return fuzzFiles(kind, given, (draw) => ({
    name: `f.jsonl.${kind}`,
    bytes: mutated(whole, draw),
    rows: 0, // few of them can be told from a packed text that is damaged
    check(found) {
      const again = found === null ? 0 : doubled(found.lines);
      return again === 0 ? null : { fault: `${again} rows are read twice`, rows: again };
    },
  }));
}
