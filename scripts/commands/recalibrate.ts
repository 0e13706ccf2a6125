import { type Command, Option } from 'commander';
import type { RecalibrateResult } from '../../library/recalibrate/made-version.js';
import { recalibrate } from '../../library/recalibrate/recalibrate.js';
import { ANEW_BY_SPLIT, type RecalibrateOptions } from '../../library/recalibrate/recalibrate-options.js';
import { recalibrateStore } from '../../library/recalibrate/recalibrate-store.js';
import { REVIEWS } from '../../monitor/stored/reviews.js';
import { CHANGES } from '../../recalibrate/change.js';
import {
  candidateRows,
  changeNames,
  comparedHead,
  foldsSentence,
  headline,
  labelSentences,
  measureRows,
  promiseSentences,
} from '../../recalibrate/report/words.js';
import { CERTIFY_WAYS, recalibrateDefaults } from '../../recalibrate/rules.js';
import { table } from '../../train/prepare/summary.js';
import { givenAnswers, refuseBesideStore } from '../flags/beside-store.js';
import { addEncoders, type EncoderFlags, encodersOf } from '../flags/encoders.js';
import { exclusive } from '../flags/exclusive.js';
import { OTHER } from '../flags/groups.js';
import { addKeptPromise, type KeptPromiseFlags } from '../flags/kept-promise.js';
import { addPinning, type PinningFlags, pinningOf } from '../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf, share, whole } from '../flags/reading.js';
import { shownProgress } from '../flags/shown-progress.js';

interface Flags extends ReadingFlags, PinningFlags, PluginFlags, EncoderFlags, KeptPromiseFlags {
  store?: string;
  reviews: string[];
  model?: string;
  out?: string;
  versions?: string;
  promote?: boolean;
  note?: string;
  withTraining?: string[];
  drawn?: number;
  change?: (typeof CHANGES)[number];
  certify: (typeof CERTIFY_WAYS)[number];
  heldShare: number;
  leastQuestions: number;
  leastChance: number;
  allowFeedback?: boolean;
  dryRun?: boolean;
  report?: string;
  seed: number;
  json?: boolean;
  quiet?: boolean;
}

const example = `
Exit status 1: a change was tried and did not ship; the output says why, and nothing was written.

Example, with the labels of a queue that vouch monitor drew:
  $ vouch recalibrate monday.jsonl --labels monday.csv --versions versions --dry-run --report report.html
  $ vouch recalibrate monday.jsonl --labels monday.csv --versions versions --promote
  $ vouch versions rollback versions

The same over the answers and the feedback that vouch serve or vouch gateway stored:
  $ vouch recalibrate --store answers.db --labels monday.csv --versions versions --promote`;

/** `vouch recalibrate`: the smallest change that repairs a bundle on fresh answers. */
export function register(program: Command): void {
  const defaults = recalibrateDefaults;
  const command = program
    .command('recalibrate')
    .summary('Repair a bundle on fresh labelled answers by the smallest change, check it, and certify it again.')
    .description(
      'Tries changes from the smallest on: nothing, threshold, calibrator, adapt, and, with --with-training, the whole ' +
        'predictor. Takes the smallest that predicts unseen questions as well as the best. Compares it with the version ' +
        'in service on held-out questions, certifies it again there, and ships it only if it is not worse.',
    )
    .argument('[answers...]', 'fresh answers, with and without labels; - for standard input; none with --store')
    .option(
      '--store <place>',
      'take the answers that the bundle in service scored, and the feedback on them, from this store; a SQLite file, ' +
        'or postgres://…',
    )
    .option(
      '--reviews <kinds>',
      'with --store: feedback that counts as the label of an answer in the queue (--labels), as KIND or KIND:SOURCE, ' +
        'with commas',
      (text: string) => text.split(',').map((each) => each.trim()),
      [...REVIEWS],
    )
    .option('--model <dir>', 'the bundle in service; the new one goes to --out')
    .option('--out <dir>', 'folder of the new bundle')
    .option(
      '--versions <dir>',
      'folder of versions: the bundle in service is its current version, and the new one is added',
    )
    .option('--promote', 'with --versions: bring the new version into service at once')
    .option('--note <text>', 'with --versions: a note about the new version');
  addKeptPromise(addEncoders(addPlugins(addReading(addPinning(command), 'stop'))))
    .optionsGroup(OTHER)
    .option(
      '--with-training <answers...>',
      'the answers that the version in service was trained on; also tries the whole predictor',
    )
    .option(
      '--drawn <chance>',
      'the labels in the answers were drawn with this chance, fixed before they were given; 1: all are labelled ' +
        '(default: labels without a column chance count as feedback)',
      share('--drawn'),
    )
    .addOption(new Option('--change <what>', 'make this change (default: the smallest that repairs)').choices(CHANGES))
    .addOption(
      new Option(
        '--certify <how>',
        'split: a part of the questions only checks and certifies; cross: all questions choose, fit, check and certify, ' +
          'in folds; auto: cross where it is possible, below 10,000 questions. Only drawn labels are used in folds',
      )
        .choices(CERTIFY_WAYS)
        .default(defaults.certify),
    )
    .option(
      '--held-share <share>',
      'with a split: share of the questions that only check and certify, .1 to .9',
      share('--held-share'),
      defaults.heldShare,
    )
    .option(
      '--least-questions <n>',
      'fewest questions to fit on, and fewest to check on, 20 or more',
      whole('--least-questions', 'not a number of questions', 20, 1_000_000),
      defaults.leastQuestions,
    )
    .option(
      '--least-chance <share>',
      'smallest estimated chance of feedback; smaller ones count as this',
      share('--least-chance'),
      defaults.leastChance,
    )
    .option('--allow-feedback', 'ship even if only feedback could check the new version')
    .option('--dry-run', 'only report, and write no version')
    .option('--report <file>', 'write the report to this file, as a page')
    .option('--seed <n>', 'seed for all random steps', number, defaults.seed)
    .option('--json', 'print the report as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
  exclusive(command, ['--certify cross', '--with-training'], ANEW_BY_SPLIT);
}

async function run(answers: string[], flags: Flags): Promise<void> {
  const { model, out, versions, promote, note, withTraining, drawn, change, certify, heldShare } = flags;
  const { leastQuestions, leastChance, allowFeedback, targetError, confidence, allowLeak, dryRun } = flags;
  const { report: page, seed } = flags;
  const options: RecalibrateOptions = {
    ...(await readOptionsOf(flags)),
    ...(await pinningOf(flags)),
    ...{ model, out, versions, promote, note, withTraining, dryRun, report: page, targetError, confidence, allowLeak },
    ...{
      drawn: drawn ?? null,
      change: change ?? null,
      certify,
      heldShare,
      leastQuestions,
      leastChance,
      allowFeedback,
      seed,
    },
    ...{ plugins: flags.plugin, encoders: await encodersOf(flags) },
    onProgress: shownProgress(Boolean(flags.quiet)),
    onNote: ({ text }) => process.stderr.write(`note: ${text}\n`),
  };
  const result =
    flags.store === undefined
      ? await recalibrate(givenAnswers(answers), options)
      : await overStore(flags.store, answers, flags, options);
  process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : `${textOf(result, dryRun === true).join('\n')}\n`);
  if (!result.report.ships && result.report.chosen !== 'none') process.exitCode = 1;
}

/** Errors: BAD_USAGE for what only answers from files can have; those of `recalibrateStore`. */
async function overStore(
  store: string,
  answers: string[],
  flags: Flags,
  options: RecalibrateOptions,
): Promise<RecalibrateResult> {
  refuseBesideStore(answers, flags, ['drawn', 'withTraining']);
  const { on, groupBy, mergeNear, format, map, mostLine, naming, withTraining, drawn, encoders, ...given } = options;
  return recalibrateStore(store, { ...given, reviews: flags.reviews });
}

function textOf({ report, bundle, version }: RecalibrateResult, isDry: boolean): string[] {
  return [
    `${headline(report)}.`,
    `Chosen: ${changeNames[report.chosen]}. Why: ${report.why}.`,
    ...(report.chosen === 'none' ? [] : [`Shipping: ${report.shipping}.`]),
    '',
    ...labelSentences(report),
    '',
    'Changes, by log-loss on questions that their fit had not seen:',
    table(candidateRows(report)),
    ...[foldsSentence(report)].flatMap((line) => line ?? []),
    '',
    comparedHead(report),
    table(measureRows(report)),
    '',
    ...promiseSentences(report),
    ...report.warnings.map((note) => `note: ${note}`),
    bundle === null
      ? isDry
        ? 'Dry run: no version was written.'
        : 'No version was written.'
      : version === null
        ? `bundle: ${bundle}`
        : `version ${version.number} (${version.state}${version.isNew ? '' : ', there already'}): ${bundle}`,
  ];
}
