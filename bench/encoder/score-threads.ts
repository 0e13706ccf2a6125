import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerRecord } from '../../data/record.js';
import { train } from '../../index.js';
import { encodersRead } from '../../models/bundle/encoders-read.js';
import { readBundle } from '../../models/bundle/read.js';
import { quantile } from '../../support/quantile.js';
import { type ThreadTimes, threadTimes } from './thread-times.js';

/** Answers that the bundle is trained on: what it has learned does not matter here. */
const TRAINED = 300;

/**
 * Trains a bundle that reads what the encoder says, and scores files of the records with it in 1 and 2 threads, in
 * alternating rounds: medians on the wall, of the processor, and of the longest way, which is what the run would take
 * with a free core for each thread. Needs `npm run build`, because only compiled code starts threads.
 */
export async function timeThreads(
  records: readonly AnswerRecord[],
  { encoder, folder, rounds }: { encoder: string; folder: string; rounds: number },
): Promise<string[]> {
  const model = join(folder, 'bundle');
  const least = { learners: ['logistic' as const], patterns: ['free'], folds: 2, resamples: 50 };
  await train(records.slice(0, TRAINED), { out: model, ...least, encoders: [encoder] });
  const { manifest } = await readBundle(model);
  if (encodersRead(manifest).length === 0) throw new Error('the bundle reads nothing of the encoder');
  const lines: string[] = [];
  for (const [name, shown] of Object.entries({ whole: records, 'texts only': records.map(textsOnly) })) {
    const file = join(folder, 'answers.jsonl');
    const text = shown.map((record) => `${JSON.stringify(record)}\n`).join('');
    writeFileSync(file, text);
    const runs: Record<number, ThreadTimes[]> = { 1: [], 2: [] };
    for (let round = 0; round < rounds; round++) {
      for (const threads of round % 2 === 0 ? [1, 2] : [2, 1]) {
        const args = ['score', file, '--model', model, '--encoder', encoder, '--threads', `${threads}`, '--quiet'];
        runs[threads].push(
          await threadTimes('dist/scripts/vouch.js', [...args, '--out', join(folder, 'scores.jsonl')]),
        );
      }
    }
    const of = (threads: number, time: (run: ThreadTimes) => number) =>
      quantile(Float64Array.from(runs[threads], time).sort(), 0.5);
    const both = (time: (run: ThreadTimes) => number) => `${of(1, time).toFixed(2)} | ${of(2, time).toFixed(2)}`;
    const way = [of(1, ({ main }) => main), of(2, ({ main, other }) => main + other)];
    const gain = `${way[0].toFixed(2)} | ${way[1].toFixed(2)} | ${(way[0] / way[1]).toFixed(2)}×`;
    const size = `${(text.length / 2 ** 20).toFixed(1)} MB`;
    lines.push(`| ${name}, ${size} | ${both(({ wall }) => wall)} | ${both(({ cpu }) => cpu)} | ${gain} |`);
  }
  return [
    '| answers | wall s, 1 thread | 2 | cpu s, 1 thread | 2 | longest way s, 1 thread | 2 | gain |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ];
}

/** Without log-probabilities, as answers of many endpoints are logged. */
function textsOnly({ tokens: _, choices: __, ...record }: AnswerRecord): AnswerRecord {
  return record;
}
