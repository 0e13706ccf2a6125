import type { Command } from 'commander';
import { policyShow, type ShownPolicy } from '../../../library/policy/policy-show.js';
import { policyTrain } from '../../../library/policy/policy-train.js';
import { parsePolicyOptions } from '../../../policy/options.js';
import type { PolicyReport } from '../../../policy/report/results.js';
import { afterWords, cutWords, headline, leadWords, savedWords } from '../../../policy/report/words.js';
import { money, percent } from '../../../report/numbers.js';
import { VouchError } from '../../../support/errors.js';
import { table } from '../../../train/prepare/summary.js';
import { readConfig } from '../../flags/config.js';
import { addPinning, type PinningFlags, pinningOf } from '../../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf, share } from '../../flags/reading.js';
import { shownProgress } from '../../flags/shown-progress.js';

const defaults = parsePolicyOptions({});

interface Flags extends ReadingFlags, PinningFlags, PluginFlags {
  prices?: string;
  out?: string;
  targetError?: number;
  confidence?: number;
  seed?: number;
  boughtChance?: string;
  config?: string;
  json?: boolean;
  quiet?: boolean;
}

const example = `
What to do:
  train  learn from answers that hold every stage when to accept, when to stop and what to buy next,
         and certify this policy as a whole; needs --prices and --out
  show   show a policy and its certificate; with --prices at other prices

Example of a file of prices:
  {"first": {"model": "small", "price": {"money": 0.01}},
   "stages": [{"name": "samples", "k": 5, "price": {"money": 0.05, "milliseconds": 900}},
              {"name": "large", "model": "large", "price": {"money": 0.3}}],
   "wrong": 10, "person": 2}

Example:
  $ vouch policy train logs.jsonl --prices prices.json --out runs/policy
  $ vouch policy show runs/policy
  $ vouch score new.jsonl --policy runs/policy --out decided.jsonl --next todo`;

/** `vouch policy`: trains and shows policies that buy signals only where they matter. */
export function register(program: Command): void {
  const command = program
    .command('policy')
    .summary('Learn which signals are worth their price for which question, certified as one policy.')
    .description(
      'A policy begins with the first answer to a question. It accepts the answer, stops, or buys the next stage: ' +
        'log-probabilities, samples, a verifier, the answer of another model. What it returns and accepts is certified ' +
        'as a whole.',
    )
    .argument('<what>', 'what to do: train or show')
    .argument('<paths...>', 'train: answers that hold every stage; show: the folder of a policy')
    .option('--prices <file>', 'JSON file with the stages, their prices, and what a wrong answer costs')
    .option('--out <dir>', 'for train: folder of the policy; an older one there is replaced')
    .option(
      '--target-error <share>',
      `allowed share of errors among answers that are returned and accepted (default: ${defaults.targetError})`,
      share('--target-error'),
    )
    .option(
      '--confidence <share>',
      `confidence of that promise (default: ${defaults.confidence})`,
      share('--confidence'),
    )
    .option('--seed <n>', `seed for all random steps (default: ${defaults.seed})`, number)
    .option(
      '--bought-chance <field>',
      `field with the chance that all stages were bought, or one per stage (default: ${defaults.boughtChance})`,
    )
    .option('--config <file>', 'JSON file of options of vouch train, for the predictors');
  addPlugins(addPinning(addReading(command, 'stop')))
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'no progress and no notes')
    .addHelpText('after', example)
    .action(run);
}

async function run(what: string, paths: string[], flags: Flags): Promise<void> {
  if (what === 'train') return trainPolicy(paths, flags);
  if (what === 'show') return showPolicy(paths, flags);
  throw new VouchError('BAD_USAGE', 'there is no such thing to do', { expected: 'train, show', got: what });
}

async function trainPolicy(answers: string[], flags: Flags): Promise<void> {
  const { prices, out, targetError, confidence, seed, boughtChance, quiet = false } = flags;
  const given = (field: string, value: string | undefined): string => {
    if (value !== undefined) return value;
    throw new VouchError('BAD_USAGE', `vouch policy train needs ${field}`, { field });
  };
  const training = flags.config === undefined ? undefined : await readConfig(flags.config);
  const { report } = await policyTrain(answers, {
    ...(await readOptionsOf(flags)),
    ...{
      out: given('--out', out),
      prices: given('--prices', prices),
      targetError,
      confidence,
      seed,
      boughtChance,
      training,
    },
    plugins: flags.plugin,
    onProgress: shownProgress(quiet),
    onNote: ({ text }) => {
      if (!quiet) process.stderr.write(`${text}\n`);
    },
  });
  if (flags.json) process.stdout.write(`${JSON.stringify({ policy: out, report })}\n`);
  else process.stdout.write(`${[...summary(report), '', `policy: ${out}   report: ${out}/report.html`].join('\n')}\n`);
}

async function showPolicy(paths: string[], flags: Flags): Promise<void> {
  if (paths.length > 1) throw new VouchError('BAD_USAGE', 'one policy is shown at a time', { got: paths.join(', ') });
  const shown = await policyShow(paths[0], { ...(await pinningOf(flags)), prices: flags.prices });
  if (flags.json) process.stdout.write(`${JSON.stringify(shown)}\n`);
  else process.stdout.write(`${[...summary(shown.report), ...priceLines(shown, flags.prices)].join('\n')}\n`);
}

function priceLines({ voided, signals }: ShownPolicy, prices: string | undefined): string[] {
  if (prices === undefined) return [];
  const costs = `At the prices of ${prices}, signals and answers cost ${money(signals)} per question.`;
  return ['', costs, ...(voided.length === 0 ? ['The certificate stays: it does not depend on prices.'] : voided)];
}

function summary(report: PolicyReport): string[] {
  const { states, ways } = report;
  const rows = states.map((state) => [
    afterWords(state),
    percent(state.reached),
    percent(state.accept),
    state.next === null ? '–' : `${percent(state.buy)} ${state.next}`,
    percent(state.stop),
    cutWords(state.cuts),
  ]);
  const costs = ways.map(({ name, certified, total, coverage, error }) => [
    name,
    certified ? 'yes' : 'no',
    money(total.value),
    percent(coverage.value),
    percent(error.value),
  ]);
  return [
    `${headline(report)}.`,
    ...leadWords(report),
    ...[savedWords(report)].filter((line) => line !== ''),
    '',
    table([['after', 'reached', 'accepts', 'buys', 'stops', 'cut-offs'], ...rows]),
    '',
    table([['way of buying', 'certified', 'cost', 'accepted', 'wrong'], ...costs]),
  ];
}
