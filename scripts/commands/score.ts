import type { Command } from 'commander';
import { score } from '../../library/score.js';
import { BLOCK_ROWS } from '../../scorer/batch/blocks.js';
import { formats } from '../../scorer/batch/out/formats.js';
import { scoreDefaults } from '../../scorer/batch/score-answers.js';
import { parseShard, type Shard } from '../../scorer/batch/shard.js';
import { sentencesOf } from '../../scorer/batch/summary.js';
import { VouchError } from '../../support/errors.js';
import { addEncoders, type EncoderFlags, encodersOf } from '../flags/encoders.js';
import { exclusive } from '../flags/exclusive.js';
import { addNaming } from '../flags/naming.js';
import { addPinning, type PinningFlags, pinningOf } from '../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addPolicy, type PolicyFlags, scoreByPolicy } from '../flags/policy.js';
import { addFiles, type ReadingFlags, rawCsv, readOptionsOf, whole } from '../flags/reading.js';
import { shownProgress } from '../flags/shown-progress.js';

interface Flags extends ReadingFlags, PinningFlags, PluginFlags, EncoderFlags, PolicyFlags {
  model?: string;
  out: string;
  bad?: string;
  resume?: boolean;
  shard?: Shard;
  checkpoint: number;
  reasons?: number | true;
  threads?: number;
  selected?: boolean;
  trace?: boolean;
  rawCsv?: boolean;
  json?: boolean;
  quiet?: boolean;
}

const NO_MODEL = { field: '--model', expected: '--model DIR or --policy DIR' };

const example = `
OUT ends in ${formats.flatMap(({ endings }) => endings).join(', ')},
or is - for JSON Lines on standard output. Columns:
  id, probability
  decision   accept, abstain or escalate (only with a cost table); null (CSV: empty) if no promise
             covers the row and there is no cost table
  why        why no promise covers the row; else null
  missing    fields or signals that the row lacks
  pattern    the groups of signals that the row has
  claim      the certified claim that an accept relies on
  bundle     digest of the bundle
  basis      answers that certified the claim: natural (they have just these signals) or hidden (they
             have more, which were hidden)
  promise    none if the row was decided only because of --accept-unseen
  logit      what the predictor gives, before calibration
  low, high  90% interval for the share of right answers among answers with this score, of the same
             model and task
  shift      how unlike the training answers the row is; above 1, there is no decision
  grounded, groundedBy
             whether the passages support the answer, and the passage that says so; CSV and Parquet
             have these columns with --nli
  digest, time
             with --trace: SHA-256 of the bundle's manifest, and when the run began (UTC)
  reasons    with --reasons: the signals that moved the probability up or down, each with its value
             and its effect on the logit

Example:
  $ vouch score new.jsonl.gz --model runs/mine --out scores.parquet
  $ cat new.jsonl | vouch score - --model runs/mine --out - \\
      | jq -c 'select(.decision == "accept")'
  $ vouch score new.jsonl --model runs/mine --out part1.jsonl --shard 1/4     # rows 1, 5, 9, …
  $ vouch score new.jsonl --model runs/mine --out why.jsonl --reasons 3
  $ vouch score new.jsonl --policy runs/policy --out decided.jsonl --next todo`;

/** `vouch score`: scores answers with a bundle, from files or standard input into a file or standard output. */
export function register(program: Command): void {
  const command = program
    .command('score')
    .description('Score answers: the probability that each is right, and whether to accept it.')
    .argument('<answers...>', 'files of answers in any format vouch reads; - for standard input')
    .option('--model <dir>', 'the bundle that `vouch train` wrote')
    .requiredOption('--out <file>', 'file for the scores; its ending sets the format; - for standard output')
    .option('--resume', 'continue a run that was stopped or killed; the output is the same as without the stop')
    .option('--shard <i/n>', 'score only every n-th row, from row i on, to divide the work among n runs', parseShard)
    .option('--bad <file>', 'file for skipped lines and why they were skipped (default: OUT.bad.jsonl)')
    .option(
      '--checkpoint <rows>',
      'rows between two points that --resume can continue from',
      whole('--checkpoint', 'not a valid number of rows', BLOCK_ROWS),
      scoreDefaults.checkpoint,
    )
    .option(
      '--reasons [n]',
      `add the n signals that moved each probability most, up or down; ${scoreDefaults.reasons} if n is left out`,
      whole('--reasons', 'not a valid number of reasons', 1),
    )
    .option(
      '--selected',
      'say that all answers were chosen by an earlier score (escalated, best of several): they get no decision',
    )
    .option(
      '--trace',
      "add the columns digest (SHA-256 of the bundle's manifest) and time (when the run began); " +
        'without it both are in OUT.trace.json',
    )
    .addOption(rawCsv())
    .option(
      '--threads <n>',
      'threads for scoring; the output is the same for any number (default: all cores)',
      whole('--threads', 'not a valid number of threads', 1),
    )
    .option('--json', 'print the summary as JSON (to standard error if the scores go to standard output)')
    .option('--quiet', 'no progress and no summary');
  exclusive(command, ['--resume', '--out -'], 'resuming needs an output file to continue');
  addPolicy(command);
  addEncoders(addPlugins(addPinning(addNaming(addFiles(command, scoreDefaults.badLines)))))
    .addHelpText('after', example)
    .action(run);
}

async function run(files: string[], flags: Flags): Promise<void> {
  if (flags.policy !== undefined) return scoreByPolicy(files, flags);
  const { model, out, bad, resume, shard, checkpoint, selected, trace, threads, quiet = false, json = false } = flags;
  if (model === undefined) throw new VouchError('BAD_USAGE', 'nothing says what scores the answers', NO_MODEL);
  const reasons = flags.reasons === true ? scoreDefaults.reasons : flags.reasons;
  const say = (text: string) => {
    if (!quiet) process.stderr.write(`${text}\n`);
  };
  const { format, map, mostLine, badLines, naming } = await readOptionsOf(flags);
  const pinning = await pinningOf(flags);
  const stop = stopOnSignal(files);
  try {
    const summary = await score(files, {
      ...{ format, map, mostLine, badLines, naming, ...pinning },
      ...{
        model,
        out,
        badFile: bad,
        plugins: flags.plugin,
        encoders: await encodersOf(flags),
        resume,
        shard,
        checkpoint,
        reasons,
        selected,
        trace,
        threads,
        rawCsv: flags.rawCsv,
      },
      ...{ signal: stop.signal, onProgress: shownProgress(quiet), onNote: ({ text }) => say(text) },
    });
    if (json) (out === '-' ? process.stderr : process.stdout).write(`${JSON.stringify(summary)}\n`);
    else say(sentencesOf(summary).join('\n'));
  } finally {
    stop.done();
  }
}

/** The first Ctrl-C or TERM fires the signal, for a clean stop. The second one ends the process as usual. */
function stopOnSignal(files: string[]): { signal: AbortSignal; done(): void } {
  const controller = new AbortController();
  const halt = () => {
    done();
    controller.abort();
    if (files.includes('-')) process.stdin.destroy(); // else it keeps the process waiting
  };
  const done = () => {
    process.removeListener('SIGINT', halt);
    process.removeListener('SIGTERM', halt);
  };
  process.on('SIGINT', halt);
  process.on('SIGTERM', halt);
  return { signal: controller.signal, done };
}
