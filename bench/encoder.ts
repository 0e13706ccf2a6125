/**
 * What a sentence encoder costs: texts per second; 5 samples for each of 1,000 answers, encoded and compared, and the
 * share of texts that the cache answers; then `vouch score` with it in 1 and 2 threads, in alternating rounds (medians).
 * `npm run build && npx tsx bench/encoder.ts DIR [--answers 1000] [--rounds 5]`; DIR comes from
 * bench/encoder/fetch-minilm.ts. Questions, answers and samples are the shipped ones (examples/), so texts recur as they
 * do in real logs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAnswers } from '../data/read/answers.js';
import type { AnswerRecord } from '../data/record.js';
import { openAnnotator } from '../meaning/annotator.js';
import { openEncoder } from '../meaning/encoder/open-encoder.js';
import { timeThreads } from './encoder/score-threads.js';
import { machine } from './venv.js';

const { values, positionals } = parseArgs({
  options: {
    answers: { type: 'string', default: '1000' },
    texts: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
  },
  allowPositionals: true,
});
const [dir] = positionals;
const SAMPLES = 5;

async function answersWithSamples(count: number): Promise<AnswerRecord[]> {
  const found: AnswerRecord[] = [];
  for await (const { records } of readAnswers(['examples/smollm2.jsonl.gz', 'examples/gemma.jsonl.gz'], {})) {
    for (const record of records) {
      if ((record.samples ?? []).length < SAMPLES) continue;
      found.push({ ...record, samples: record.samples!.slice(0, SAMPLES), similarities: undefined });
      if (found.length === count) return found;
    }
  }
  return found;
}

const records = await answersWithSamples(Number(values.answers));
const texts = [...new Set(records.flatMap(({ answer, samples }) => [answer, ...samples!.map((each) => each.answer)]))];
console.log(machine());
console.log(`${records.length} answers with ${SAMPLES} samples each; ${texts.length} distinct answers and samples`);

const load = () => loadavg()[0].toFixed(1);
const encoder = await openEncoder(dir);
const some = texts.slice(0, Number(values.texts));
const first = timer();
await Promise.all(some.map((text) => encoder.vector(text, 'text')));
const { wall, cpu } = first();
console.log(`${(some.length / wall).toFixed(1)} texts per second, ${(some.length / cpu).toFixed(1)} per cpu-second`);
await encoder.close();

const annotator = await openAnnotator([dir]);
const second = timer();
for (let at = 0; at < records.length; at += 64) await annotator.annotate(records.slice(at, at + 64));
const took = second();
const { asked, computed } = annotator.counts();
console.log(
  `vectors and cosines: ${took.wall.toFixed(1)} s, ${took.cpu.toFixed(1)} of the processor, ` +
    `${(records.length / took.cpu).toFixed(1)} answers per cpu-second; ` +
    `${asked} texts asked for, ${computed} encoded, ${((100 * (asked - computed)) / asked).toFixed(1)}% from the cache`,
);
await annotator.close();

const folder = mkdtempSync(join(tmpdir(), 'vouch-encoder-'));
try {
  const before = load();
  const lines = await timeThreads(records, { encoder: dir, folder, rounds: Number(values.rounds) });
  console.log(`vouch score, medians of ${values.rounds} rounds; load average ${before} before, ${load()} after`);
  console.log(lines.join('\n'));
} finally {
  rmSync(folder, { recursive: true });
}

/** Seconds since now, on the wall and of the processor. */
function timer(): () => { wall: number; cpu: number } {
  const began = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
  };
}
