import type { Command } from 'commander';
import { evaluate, evaluateDefaults } from '../../library/evaluate.js';
import { percent } from '../../report/numbers.js';
import type { Evaluation } from '../../train/evaluate.js';
import { costLines, table } from '../../train/prepare/summary.js';
import { addPinning, type PinningFlags, pinningOf } from '../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf } from '../flags/reading.js';
import { shownProgress } from '../flags/shown-progress.js';

interface Flags extends ReadingFlags, PinningFlags, PluginFlags {
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
      'Measure a bundle on labelled answers: proper scores, ranking, calibration, and whether its promises held.',
    )
    .argument('<answers...>', 'labelled answers; - for standard input')
    .requiredOption('--model <dir>', 'the bundle');
  addPlugins(addReading(addPinning(command), 'stop'))
    .option('--resamples <n>', 'grouped-bootstrap resamples for the intervals', number, evaluateDefaults.resamples)
    .option('--seed <n>', 'seed of the resamples', number, evaluateDefaults.seed)
    .option('--with-seen', 'include answers to questions that the bundle was trained on; they make it look too good')
    .option('--out <file>', 'write the evaluation to this file, as JSON')
    .option('--json', 'print the evaluation as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(answers: string[], { model, out, withSeen, resamples, seed, ...flags }: Flags): Promise<void> {
  const notes: string[] = [];
  const evaluation = await evaluate(answers, {
    ...(await readOptionsOf(flags)),
    ...(await pinningOf(flags)),
    ...{
      model,
      out,
      withSeen,
      plugins: flags.plugin,
      resamples,
      seed,
      onProgress: shownProgress(Boolean(flags.quiet)),
    },
    onNote: (note) => notes.push(note.text),
  });
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
      const promised = alpha === null ? '' : ` (promised: at most ${percent(alpha)})`;
      const outcome =
        accepted === 0
          ? 'none accepted'
          : `${percent(accepted / n)} accepted, ${percent(error ?? 0)} of them wrong${promised}`;
      return `${kind}: ${n} answers, ${outcome}${own}${handed}${reasons.join('')}`;
    },
  );
  const measured = table([[`${answers} answers, ${groups} questions`, 'value', 'low', 'high'], ...rows]);
  const left =
    seen.answers === 0
      ? []
      : [
          `${seen.answers} answers to ${seen.questions} questions that the bundle was trained on were left out ` +
            '(--with-seen includes them)',
        ];
  return [measured, ...left, '', ...decided, ...costLines(costs)].join('\n');
}
