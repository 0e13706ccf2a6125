import { existsSync } from 'node:fs';
import { questionSample } from '../../data/label/question-sample.js';
import { todoCsv } from '../../data/label/todo.js';
import { type ReadOptions, readAnswers } from '../../data/read/answers.js';
import type { BadLine } from '../../data/read/row.js';
import { newSummary, notesOf } from '../../data/read/summary.js';
import { sizeOf } from '../../data/read/unpack/bytes.js';
import { setAside } from '../../data/write/set-aside.js';
import { append } from '../../support/append.js';
import { writeAtomic } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { progress } from '../../support/progress.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';

export interface SampleJob {
  answers: string[];
  read: ReadOptions;
  sample: number;
  seed: number;
  out: string;
  json: boolean;
  quiet: boolean;
}

/**
 * `vouch label --sample`: draws answers by question and writes a CSV file that people fill in. Errors: those of
 * reading; OUT_EXISTS, because an existing file may hold grades that people gave.
 */
export async function labelSample({ answers, read, sample, seed, out, json, quiet }: SampleJob): Promise<void> {
  if (out !== '-' && existsSync(out)) {
    throw new VouchError('OUT_EXISTS', 'the file exists already and may hold grades that people filled in', {
      file: out,
      hint: 'Name another one with --out.',
    });
  }
  if (/\.(?:jsonl?|ndjson|parquet|arrow|feather|gz|zst|xlsx?)$/i.test(out)) {
    throw new VouchError('BAD_USAGE', 'the file that people fill in is a CSV file', {
      field: '--out',
      expected: 'a name that ends in .csv',
      got: out,
    });
  }
  const summary = newSummary();
  const bad: BadLine[] = [];
  const drawing = questionSample(sample, seed, read.groupBy);
  const shown = progress('read', { total: await sizeOf(answers), unit: 'bytes', quiet });
  for await (const batch of readAnswers(answers, { ...read, summary })) {
    for (const record of batch.records) drawing.add(record, batch.file);
    append(bad, batch.bad);
    shown.set(batch.bytes);
  }
  shown.done();
  const drawn = drawing.drawn();
  if (drawn.length === 0) {
    const what = summary.records === 0 ? 'no answer was read' : 'people have graded all answers already';
    throw new VouchError('NO_ANSWERS', what, { file: answers.join(', ') });
  }
  const text = todoCsv(drawn, read.labelRules?.source ?? 'human');
  if (out === '-') process.stdout.write(text);
  else await writeAtomic(out, text);
  const { counts } = drawing;
  const notes = [...notesOf(summary), ...(await setAside(bad, `${out === '-' ? 'vouch-label' : out}.bad.jsonl`))];
  const say = out === '-' ? process.stderr : process.stdout;
  if (json) {
    say.write(`${JSON.stringify({ drawn: drawn.length, ...counts, seed, bad: bad.length, notes, out })}\n`);
    return;
  }
  const lines = [
    `${thousands(drawn.length)} of ${plural(counts.answers, 'answer')} drawn at random, one per question (seed ${seed}): ${out}`,
    counts.graded > 0 && leftOut(counts.graded, 'answer', 'that people have graded already'),
    counts.without > 0 && leftOut(counts.without, 'row', 'without an answer'),
    drawn.length < sample && `there are fewer than the ${plural(sample, 'question')} that you asked for`,
    'Fill in the column label: 1 right, 0 wrong (or yes and no, right and wrong), 0.5 half right. ' +
      'Leave it empty if you cannot decide.',
    `Then: vouch train ${answers.join(' ')} --labels ${out} --out runs/mine`,
    ...notes.map((note) => `note: ${note}`),
  ];
  say.write(`${lines.filter((line) => line !== false).join('\n')}\n`);
}

function leftOut(n: number, what: string, which: string): string {
  return `${plural(n, what)} ${which} ${n === 1 ? 'was' : 'were'} left out`;
}
