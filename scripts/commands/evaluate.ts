import type { Command } from 'commander';
import { namingOn } from '../../data/naming.js';
import { isOld, OLD_BUNDLE } from '../../models/bundle/manifest.js';
import { percent } from '../../report/numbers.js';
import { writeAtomic } from '../../support/atomic.js';
import type { Evaluation } from '../../train/evaluate.js';
import { costLines, table } from '../../train/prepare/summary.js';
import { setAside } from '../flags/bad-lines.js';
import { addPinning, type PinningFlags, pinningOf } from '../flags/pinning.js';
import { addReading, number, type ReadingFlags, readOptionsOf } from '../flags/reading.js';

interface Flags extends ReadingFlags, PinningFlags {
  model: string;
  out?: string;
  withSeen?: boolean;
  resamples: number;
  seed: number;
  json?: boolean;
  quiet?: boolean;
}

const example = `
Example:
  $ vouch evaluate graded.jsonl --labels grades.csv --on id --model runs/mine`;

export function register(program: Command): void {
  const command = program
    .command('evaluate')
    .description(
      'Measure a bundle on labelled answers: proper scores, ranking, calibration, whether its promises held.',
    )
    .argument('<answers...>', 'labelled answers; - for stdin')
    .requiredOption('--model <dir>', 'the bundle');
  addReading(addPinning(command), 'stop')
    .option('--resamples <n>', 'grouped-bootstrap resamples behind the intervals', number, 2000)
    .option('--seed <n>', 'seed of the resamples', number, 1)
    .option('--with-seen', 'judge also answers to questions that the bundle was trained on: this flatters it')
    .option('--out <file>', 'write the whole evaluation as JSON')
    .option('--json', 'print it as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(answers: string[], flags: Flags): Promise<void> {
  const { openBundle } = await import('../../scorer/open.js');
  const { readBundle } = await import('../../models/bundle/read.js');
  const { evaluate } = await import('../../train/evaluate.js');
  const { load } = await import('../../train/prepare/load.js');
  const { SEEN_FILE, seenIn } = await import('../../models/bundle/seen.js');
  const bundle = await readBundle(flags.model, await pinningOf(flags));
  const { scorer } = await openBundle(bundle);
  const { topK, words } = scorer.manifest.signals;
  const reading = await readOptionsOf(flags);
  const naming = namingOn(scorer.manifest.naming, reading.naming);
  const loaded = await load(answers, { ...reading, naming }, topK, Boolean(flags.quiet), words ?? null);
  const notes = [...(await setAside(loaded.bad, `${flags.out ?? flags.model}.bad.jsonl`)), ...loaded.notes];
  const seen = flags.withSeen ? [] : seenIn(bundle.files.get(SEEN_FILE));
  const evaluation = await evaluate(loaded.data, scorer, flags.resamples, flags.seed, seen);
  await scorer.close();
  if (isOld(scorer.manifest)) notes.push(OLD_BUNDLE);
  if (flags.out !== undefined) await writeAtomic(flags.out, `${JSON.stringify(evaluation, null, 1)}\n`);
  if (flags.json) process.stdout.write(`${JSON.stringify(evaluation)}\n`);
  else process.stdout.write(`\n${text(evaluation)}\n${notes.map((note) => `note: ${note}\n`).join('')}`);
}

function text({ answers, groups, seen, metrics, decisions, costs }: Evaluation): string {
  const rows = Object.entries(metrics).map(([name, { value, low, high }]) => [
    name,
    ...[value, low, high].map((x) => (x === null ? '–' : x.toFixed(4))),
  ]);
  const decided = decisions.map(
    ({ pattern, slice, rows: n, accepted, unpromised, escalated, undecided, error, alpha }) => {
      const kind = slice === null ? pattern : `${pattern}, ${slice}`;
      const own = unpromised === 0 ? '' : `, ${unpromised} accepted without a promise`;
      const handed = escalated === 0 ? '' : `, ${percent(escalated / n)} escalated`;
      const reasons = Object.entries(undecided).map(([why, count]) => `, ${count} that no claim covers (${why})`);
      const told =
        accepted === 0
          ? 'none accepted'
          : `${percent(accepted / n)} accepted, ${percent(error ?? 0)} of them wrong${alpha === null ? '' : ` (promised: at most ${percent(alpha)})`}`;
      return `${kind}: ${n} answers, ${told}${own}${handed}${reasons.join('')}`;
    },
  );
  const measured = table([[`${answers} answers, ${groups} questions`, 'value', 'low', 'high'], ...rows]);
  const left =
    seen.answers === 0
      ? []
      : [
          `${seen.answers} answers to ${seen.questions} questions that the bundle was trained on were left out (--with-seen judges them too)`,
        ];
  return [measured, ...left, '', ...decided, ...costLines(costs)].join('\n');
}
