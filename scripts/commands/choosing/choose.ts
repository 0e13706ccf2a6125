import { type Command, Option } from 'commander';
import { labellers } from '../../../data/label/list.js';
import { choose } from '../../../library/best-of/choose.js';
import { chooseDefaults as d } from '../../../library/best-of/choose-options.js';
import { addCount, type Counts } from '../../../support/counts.js';
import { plural } from '../../../support/words/plural.js';
import { thousands } from '../../../support/words/thousands.js';
import { METHODS, type Method } from '../../../train/best-of/policy.js';
import { summaryLines } from '../../../train/best-of/summary-lines.js';
import type { DecidedChoice, Undecided } from '../../../train/best-of/use.js';
import { addEncoders, type EncoderFlags, encodersOf } from '../../flags/encoders.js';
import { addPinning, type PinningFlags, pinningOf } from '../../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf, share } from '../../flags/reading.js';
import { shownProgress } from '../../flags/shown-progress.js';

interface Flags extends ReadingFlags, PinningFlags, PluginFlags, EncoderFlags {
  model?: string;
  with?: string;
  targetError?: number;
  confidence?: number;
  certifyShare?: number;
  method?: Method;
  of?: number;
  withSeen?: boolean;
  seed?: number;
  save?: string;
  use?: string;
  out: string;
  json?: boolean;
  quiet?: boolean;
}

const example = `
Example:
  $ vouch choose answers.jsonl --model runs/mine --with numeric --out chosen.jsonl --save chooser.json

Choose among the answers to new questions, and decide under the promise:
  $ vouch choose new.jsonl --model runs/mine --use chooser.json --out chosen.jsonl`;

/** `vouch choose`: several answers to each question, one of which is chosen; measured and certified. */
export function register(program: Command): void {
  const command = program
    .command('choose')
    .summary('Choose one of several answers to each question, and certify the choice.')
    .description(
      'Compares ways to choose one of several answers to a question: the first one, votes, the best by the probability ' +
        'of a bundle, and revisions. It measures accuracy, calibration and tokens, freezes the best way on one part ' +
        'of the questions, and certifies the chosen answers on the other part. The answers come from collect with ' +
        '--best-of, --revise or --samples, or from any log with several answers per question.',
    )
    .argument('<answers...>', 'answers with samples, or several answers per question; - for standard input')
    .requiredOption('--out <file>', 'file for the chosen answers: .jsonl or .jsonl.gz; - for standard output')
    .option('--model <dir>', 'a bundle that scores the answers; it must not have been trained on these questions')
    .option(
      '--with <name>',
      `grade all answers by this rule: ${labellers.map(({ name }) => name).join(', ')} ` +
        '(default: the rule that made the labels, else the labels)',
    )
    .option(
      '--target-error <share>',
      `at most this share of the accepted answers may be wrong (default: ${d.targetError})`,
      share('--target-error'),
    )
    .option('--confidence <share>', `confidence of that promise (default: ${d.confidence})`, share('--confidence'))
    .option(
      '--certify-share <share>',
      `share of the questions that certify; the others fit and choose (default: ${d.certifyShare})`,
      share('--certify-share'),
    )
    .addOption(
      new Option('--method <name>', 'take this method (default: the cheapest that is as accurate as the best)').choices(
        METHODS,
      ),
    )
    .option('--of <n>', 'take so many answers', number)
    .option('--with-seen', 'also use questions that the bundle was trained on; the results look too good')
    .option('--save <file>', 'file for the frozen method with its promise (JSON)')
    .option('--use <file>', 'choose and decide as this file says, which --save wrote; nothing is compared')
    .option('--seed <n>', `seed of the division of the questions (default: ${d.seed})`, number);
  addEncoders(addPlugins(addReading(addPinning(command), 'stop')))
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(answers: string[], flags: Flags): Promise<void> {
  const {
    model,
    with: rule,
    targetError,
    confidence,
    certifyShare,
    method,
    of,
    withSeen,
    seed,
    save,
    use,
    out,
  } = flags;
  const notes: string[] = [];
  const { choices, summary, ...counts } = await choose(answers, {
    ...(await readOptionsOf(flags)),
    ...(await pinningOf(flags)),
    ...{ model, with: rule, targetError, confidence, certifyShare, method, of, withSeen, seed, save, use, out },
    ...{ plugins: flags.plugin, encoders: await encodersOf(flags) },
    onProgress: shownProgress(Boolean(flags.quiet)),
    onNote: ({ text }) => notes.push(text),
  });
  const decided = summary === null ? decisionsIn(choices as (DecidedChoice | Undecided)[]) : null;
  const say = out === '-' ? process.stderr : process.stdout;
  if (flags.json) {
    say.write(
      `${JSON.stringify({ ...(summary ?? { choices: choices.length, ...decided, undecided: Object.fromEntries(decided?.undecided ?? []) }), ...counts, notes, out })}\n`,
    );
    return;
  }
  const lines = summary === null ? usedLines(choices.length, decided!) : summaryLines(summary);
  say.write(`${[...lines, ...notes.map((note) => `note: ${note}`)].join('\n')}\n`);
}

interface Decided {
  accepted: number;
  abstained: number;
  /** Answers without a decision, by reason. */
  undecided: Counts;
}

function decisionsIn(choices: readonly (DecidedChoice | Undecided)[]): Decided {
  const undecided: Counts = new Map();
  for (const { why } of choices) if (why !== null) addCount(undecided, why);
  return {
    accepted: choices.filter(({ decision }) => decision === 'accept').length,
    abstained: choices.filter(({ decision }) => decision === 'abstain').length,
    undecided,
  };
}

function usedLines(prompts: number, { accepted, abstained, undecided }: Decided): string[] {
  return [
    `${plural(prompts, 'prompt')}: ${thousands(accepted)} accepted, ${thousands(abstained)} abstained`,
    ...[...undecided].map(([why, n]) => `${plural(n, 'answer')} without a decision: ${why}`),
  ];
}
