import { type Command, Option } from 'commander';
import { evaluate, evaluateDefaults } from '../../library/evaluate.js';
import { comparedText } from '../../report/evaluation/compared.js';
import type { Evaluation } from '../../report/evaluation/results.js';
import { verdictHeadline, verdictLines } from '../../report/evaluation/words.js';
import { percent } from '../../report/numbers.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { costLines, table } from '../../train/prepare/summary.js';
import { addEncoders, type EncoderFlags, encodersOf } from '../flags/encoders.js';
import { addPinning, type PinningFlags, pinningOf } from '../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf } from '../flags/reading.js';
import { shownProgress } from '../flags/shown-progress.js';

interface Flags extends ReadingFlags, PinningFlags, PluginFlags, EncoderFlags {
  model: string;
  against?: string;
  out?: string;
  report?: string;
  failOn?: 'broken';
  withSeen?: boolean;
  resamples: number;
  seed: number;
  json?: boolean;
  quiet?: boolean;
}

const example = `
Example:
  $ vouch evaluate graded.jsonl --labels grades.csv --on id --model runs/mine --report evaluation.html

Compare two bundles on the same answers:
  $ vouch evaluate graded.jsonl --model runs/new --against runs/old`;

export function register(program: Command): void {
  const command = program
    .command('evaluate')
    .description(
      'Check a bundle on labelled answers: whether its promises are kept, and how good its probabilities are (proper ' +
        'scores, ranking, calibration).',
    )
    .argument('<answers...>', 'labelled answers; - for standard input')
    .requiredOption('--model <dir>', 'the bundle');
  addEncoders(addPlugins(addReading(addPinning(command), 'stop')))
    .option('--resamples <n>', 'bootstrap draws of questions behind each interval', number, evaluateDefaults.resamples)
    .option('--seed <n>', 'seed of these draws', number, evaluateDefaults.seed)
    .option('--with-seen', 'include answers to questions that the bundle was trained on; they make it look too good')
    .option('--against <dir>', 'another bundle: compare both on the same answers')
    .option('--out <file>', 'write the evaluation to this file, as JSON')
    .option('--report <file>', 'write a report to this file, as an HTML page')
    .addOption(
      new Option(
        '--fail-on <verdict>',
        'also exit with status 1 if a promise is broken; not if nobody can tell yet',
      ).choices(['broken']),
    )
    .option('--json', 'print the evaluation as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(
  answers: string[],
  { model, against, out, report, failOn, withSeen, resamples, seed, ...flags }: Flags,
): Promise<void> {
  const notes: string[] = [];
  const evaluation = await evaluate(answers, {
    ...(await readOptionsOf(flags)),
    ...(await pinningOf(flags)),
    ...{
      model,
      against,
      out,
      report,
      withSeen,
      resamples,
      seed,
      plugins: flags.plugin,
      encoders: await encodersOf(flags),
    },
    onProgress: shownProgress(Boolean(flags.quiet)),
    onNote: (note) => notes.push(note.text),
  });
  if (flags.json) process.stdout.write(`${JSON.stringify(evaluation)}\n`);
  else process.stdout.write(`\n${text(evaluation)}\n${notes.map((note) => `note: ${note}\n`).join('')}`);
  if (failOn === 'broken' && evaluation.promises.some(({ brokenTogether }) => brokenTogether)) process.exitCode = 1;
}

function text(evaluation: Evaluation): string {
  const { answers, groups, seen, metrics, decisions, costs, promises, against } = evaluation;
  const rows = Object.entries(metrics).map(([name, { value, low, high }]) => [
    name,
    ...[value, low, high].map((x) => (x === null ? '–' : x.toFixed(4))),
  ]);
  const decided = decisions.map(
    ({ pattern, slice, rows: n, accepted, unpromised, escalated, undecided, error, alpha }) => {
      const kind = slice === null ? pattern : `${pattern}, ${slice}`;
      const own = unpromised === 0 ? '' : `, ${thousands(unpromised)} accepted without a promise`;
      const handed = escalated === 0 ? '' : `, ${percent(escalated / n)} escalated`;
      const reasons = Object.entries(undecided).map(
        ([why, count]) => `, ${thousands(count)} that no claim covers (${why})`,
      );
      const promised = alpha === null ? '' : ` (promised: at most ${percent(alpha)})`;
      const outcome =
        accepted === 0
          ? 'none accepted'
          : `${percent(accepted / n)} accepted, ${percent(error ?? 0)} of them wrong${promised}`;
      return `${kind}: ${plural(n, 'answer')}, ${outcome}${own}${handed}${reasons.join('')}`;
    },
  );
  const measured = table([
    [`${plural(answers, 'answer')}, ${plural(groups, 'question')}`, 'value', 'low', 'high'],
    ...rows,
  ]);
  const left =
    seen.answers === 0
      ? []
      : [
          `${plural(seen.answers, 'answer')} to ${plural(seen.questions, 'question')} seen in training ${seen.answers === 1 ? 'was' : 'were'} left out ` +
            '(--with-seen includes them)',
        ];
  const verdict = promises.length === 0 ? [verdictHeadline(promises)] : verdictLines(evaluation);
  const { before, rows: pairs } = against === undefined ? { before: [], rows: [] } : comparedText(against);
  const compared = against === undefined ? [] : ['', ...before, '', table(pairs)];
  return [...verdict, '', measured, ...left, '', ...decided, ...costLines(costs), ...compared].join('\n');
}
