import { type Command, Option } from 'commander';
import type { LabelRules } from '../../data/grades/rules.js';
import { labellers, labelWith } from '../../data/label/list.js';
import type { BadLine } from '../../data/read/answers.js';
import { setAside } from '../../data/write/set-aside.js';
import { type Feedback, LATE_DAYS, type Outcome } from '../../store/feedback/feedback.js';
import { readFeedback } from '../../store/feedback/read.js';
import { openExistingDatabase } from '../../store/open.js';
import { openStore } from '../../store/ready.js';
import { write } from '../../store/write/write.js';
import { VouchError } from '../../support/errors.js';
import { progress } from '../../support/progress.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { addLabelRules } from '../flags/reading.js';
import { addStore, type StoreFlags } from '../flags/store.js';

interface Flags extends StoreFlags {
  with: string;
  badLines: 'stop' | 'skip';
  labelValues?: LabelRules['values'];
  labelThreshold?: number;
  labelScale?: LabelRules['scale'];
  json?: boolean;
  quiet?: boolean;
}

/** Feedback in one transaction. */
const TOGETHER = 500;

const example = `
Reads JSON Lines, JSON, CSV and Parquet with the fields of POST /v1/feedback, scores of Langfuse,
events gen_ai.evaluation.result of OpenTelemetry, and a filled-in queue of vouch monitor. A file may be
read again: what is in the store counts once.

Example:
  $ vouch feedback thumbs.csv --store answers.db
  $ vouch feedback scores.jsonl --store postgres://vouch@db/vouch --label-scale 1..5`;

/** `vouch feedback`: stores feedback from files. */
export function register(program: Command): void {
  const command = program
    .command('feedback')
    .description('Store feedback on scored answers: thumbs, stars, corrections, choices, verdicts and outcomes.')
    .argument('<files...>', 'files of feedback; - for standard input');
  addLabelRules(addStore(command, 'tenant whose answers the feedback is about (default: the one without a name)'))
    .addOption(
      new Option('--with <labeller>', 'labeller that compares a stored answer with its correction')
        .choices(labellers.map(({ name }) => name))
        .default('exactMatch'),
    )
    .addOption(
      new Option('--bad-lines <what>', 'lines that cannot be read: stop, or skip them and list them in FILE.bad.jsonl')
        .choices(['stop', 'skip'])
        .default('stop'),
    )
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(files: string[], flags: Flags): Promise<void> {
  const labeller = labelWith(flags.with).name;
  const rules = { values: flags.labelValues, threshold: flags.labelThreshold, scale: flags.labelScale };
  const counts = newCounts();
  const notes: string[] = [];
  const without: [file: string, rows: number][] = [];
  await (await openExistingDatabase(flags.store)).close(); // a slip in the name would make a new store
  const store = await openStore(flags.store);
  const shown = progress('feedback', { unit: 'rows', quiet: flags.quiet });
  try {
    for (const file of files) {
      const bad: BadLine[] = [];
      const before = { read: counts.read, silent: counts.silent };
      const read = readFeedback(file, {
        ...{ badLines: flags.badLines, rules, bad: (line) => bad.push(line) },
        silent: () => counts.silent++,
      });
      for await (const batch of inParts(read)) {
        const sender = { tenant: flags.tenant ?? '', received: Date.now(), labeller };
        const [outcomes] = await write(store, [], [{ ...sender, feedback: batch }]);
        for (const outcome of outcomes) count(counts, outcome);
        shown.add(batch.length);
      }
      counts.bad += bad.length;
      if (counts.read === before.read && bad.length === 0) without.push([file, counts.silent - before.silent]);
      for (const note of await setAside(bad, `${file === '-' ? 'vouch-feedback' : file}.bad.jsonl`)) notes.push(note);
    }
  } finally {
    shown.done();
    await store.close();
  }
  if (without.length === files.length) throw noFeedback(without);
  for (const [file, rows] of without) notes.push(`note: ${file}: ${missingIn(rows)}`);
  process.stdout.write(flags.json ? `${JSON.stringify(counts)}\n` : `${linesOf(counts).join('\n')}\n`);
  for (const note of notes) process.stderr.write(`${note}\n`);
}

/** What a file lacks that has this many rows and no feedback. */
function missingIn(rows: number): string {
  if (rows === 0) return 'the file has no rows';
  return rows === 1 ? 'its row has no label' : `none of its ${thousands(rows)} rows has a label`;
}

function noFeedback(files: readonly [file: string, rows: number][]): VouchError {
  const [[file, rows]] = files;
  const hint =
    rows > 0
      ? 'In a queue of vouch monitor, fill in the column label: 1 right, 0 wrong.'
      : 'Each row needs an id and a thumb, stars, a correction, a verdict or an outcome.';
  const also = files.length === 1 ? '' : `, and ${plural(files.length - 1, 'more file')} without feedback`;
  return new VouchError('NO_FEEDBACK', `${missingIn(rows)}${also}`, { file, hint });
}

async function* inParts(batches: AsyncGenerator<Feedback[]>): AsyncGenerator<Feedback[]> {
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += TOGETHER) yield batch.slice(from, from + TOGETHER);
  }
}

/** What became of the feedback of all files. */
interface Counts {
  read: number;
  linked: number;
  contradicting: number;
  unknownId: number;
  repeated: number;
  late: number;
  unlabelled: number;
  wrongTenant: number;
  conflicting: number;
  bad: number;
  /** Rows that say nothing: those of a queue without a label. */
  silent: number;
  /** The first ids of those that were not linked, or were refused. */
  ids: Record<'unknownId' | 'wrongTenant' | 'conflicting', string[]>;
}

/** Number of ids that are named. */
const NAMED = 5;

function newCounts(): Counts {
  return {
    ...{ read: 0, linked: 0, contradicting: 0, unknownId: 0, repeated: 0, late: 0 },
    ...{ unlabelled: 0, wrongTenant: 0, conflicting: 0, bad: 0, silent: 0 },
    ids: { unknownId: [], wrongTenant: [], conflicting: [] },
  };
}

function count(counts: Counts, { target, status, label, repeated, late, code }: Outcome): void {
  counts.read++;
  const named = (which: keyof Counts['ids']) => {
    counts[which]++;
    const ids = counts.ids[which];
    if (ids.length < NAMED && !ids.includes(target)) ids.push(target);
  };
  if (code === 'WRONG_TENANT') named('wrongTenant');
  else if (code === 'FEEDBACK_CONFLICT') named('conflicting');
  else if (repeated) counts.repeated++;
  else {
    if (status === 'linked') counts.linked++;
    else if (status === 'contradicting') counts.contradicting++;
    else named('unknownId');
    if (late) counts.late++;
    if (label === null) counts.unlabelled++;
  }
}

function linesOf(counts: Counts): string[] {
  const rows: [number, string][] = [
    [counts.linked, 'linked to an answer'],
    [counts.contradicting, 'linked, but contradicting earlier feedback on the answer'],
    [counts.unknownId, `not linked yet: the answer is not in the store${idsOf(counts, 'unknownId')}`],
    [counts.repeated, 'in the store already'],
    [counts.wrongTenant, `refused: the answer belongs to another tenant${idsOf(counts, 'wrongTenant')}`],
    [counts.conflicting, `refused: the key was used for different feedback${idsOf(counts, 'conflicting')}`],
    [counts.bad, 'could not be read'],
    [counts.silent, `${counts.silent === 1 ? 'row has' : 'rows have'} no label`],
    [counts.late, `of the stored ones late: more than ${LATE_DAYS} days after the answer`],
    [counts.unlabelled, 'of the stored ones without a label'],
  ];
  return [
    `${plural(counts.read, 'entry', 'entries')} of feedback read`,
    ...rows.filter(([n]) => n > 0).map(([n, what]) => `  ${thousands(n)} ${what}`),
  ];
}

/** The first ids, as JSON, which shows odd characters as escapes. */
function idsOf(counts: Counts, which: keyof Counts['ids']): string {
  const ids = counts.ids[which].map((id) => JSON.stringify(id.length > 60 ? `${id.slice(0, 60)}…` : id));
  return ids.length === 0 ? '' : ` (${ids.join(', ')}${counts[which] > ids.length ? ', …' : ''})`;
}
