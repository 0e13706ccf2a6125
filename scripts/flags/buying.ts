import { type Command, Option } from 'commander';
import { askSchema, askDefaults as d, waySchema } from '../../data/ask/options.js';
import { perModel } from '../../data/ask/per-model.js';
import { readPrices } from '../../library/policy/read-prices.js';
import { readKeys } from '../../serve/http/keys.js';
import { gatewayDefaults, type PolicyServing } from '../../serve/options.js';
import { VouchError } from '../../support/errors.js';
import { exclusive } from './exclusive.js';
import { gather } from './gather.js';
import { groups, OTHER } from './groups.js';
import { number } from './reading.js';
import { addVerifierKey, addVerifierServices } from './verifier-services.js';

/** The flags of the gateway about following a policy. */
export interface BuyingFlags {
  policy?: string;
  prices?: string;
  stageTimeout?: string[];
  sampleTemperature?: number;
  secondUpstream?: string[];
  secondName?: string[];
  secondKeyFile?: string[];
  verifier?: string[];
  verifierCommand?: string[];
  verifierApiKeyEnv?: string[];
  judge?: string[];
  judgeEndpoint?: string[];
  judgeApiKeyEnv?: string[];
  judgeOrders?: string;
  judgeRepeats?: number;
  judgeTemperature?: number;
  crossExamine?: string;
  crossExamineRounds?: number;
  statedAfter?: number;
}

/** The environment variables with the keys of second models and of judges, if no other is named. */
const SECOND_VARIABLE = 'VOUCH_SECOND_KEY';
const JUDGE_VARIABLE = 'VOUCH_JUDGE_KEY';

/** What a policy does itself, or does without. */
const NOT_WITH = ['--model', '--shadow', '--escalate-model', '--escalate-upstream', '--encoder', '--nli'];

/** Adds the flags with which the gateway buys the stages of a policy. */
export function addBuying(command: Command): Command {
  for (const flag of NOT_WITH) exclusive(command, ['--policy', flag], `a policy is followed without ${flag}`);
  command
    .optionsGroup(groups.buying)
    .option(
      '--policy <dir>',
      'follow this policy of `vouch policy train`, which is also the bundle: buy a stage where it says so, and hold ' +
        'streams back until the question is decided',
    )
    .option('--prices <file>', 'other prices, for what is said to be spent; the certificate stays')
    .option(
      '--second-upstream <url>',
      'endpoint of the other models that the policy asks, as URL or MODEL=URL; repeat for several',
      gather,
    )
    .option(
      '--second-name <model=name>',
      'the name of such a model at its endpoint, if the policy has another one; repeat for several',
      gather,
    )
    .option(
      '--second-key-file <file>',
      `key for these endpoints, as FILE or MODEL=FILE (default: ${SECOND_VARIABLE} in the environment)`,
      gather,
    )
    .option(
      '--stage-timeout <seconds>',
      'seconds that a stage may take, as SECONDS or STAGE=SECONDS; repeat for several. A stage that is late ends the ' +
        `question without an accept (default: ${gatewayDefaults.stageTimeout})`,
      gather,
    )
    .option('--sample-temperature <t>', 'temperature of the samples (default: that of the certificate)', number);
  return addVerifierKey(addVerifierServices(command))
    .option('--judge <model>', 'the model that judges answers; repeat for a panel', gather)
    .option(
      '--judge-endpoint <url>',
      'endpoint of the judges and the examiner, as URL or MODEL=URL (default: the upstream)',
      gather,
    )
    .option(
      '--judge-api-key-env <name>',
      `environment variable with the key of --judge-endpoint, as NAME or MODEL=NAME (default: ${JUDGE_VARIABLE})`,
      gather,
    )
    .addOption(
      new Option(
        '--judge-orders <orders>',
        `one: ask each judge in one order; both: also in reverse order, and take the mean (default: ${d.judgeOrders})`,
      ).choices(['one', 'both']),
    )
    .option('--judge-repeats <k>', `ask each judge k times, and take the mean (default: ${d.judgeRepeats})`, number)
    .option(
      '--judge-temperature <t>',
      `temperature of the judges if --judge-repeats is above 1 (default: ${d.judgeTemperature})`,
      number,
    )
    .option('--cross-examine <model>', 'the model that questions the model that answered')
    .option(
      '--cross-examine-rounds <n>',
      `most rounds of questions and replies (default: ${d.crossExamineRounds})`,
      number,
    )
    .option(
      '--stated-after <k>',
      `ask the model for k − 1 other answers, then for the probability of each of the k (default: ${d.statedAfter})`,
      number,
    )
    .optionsGroup(OTHER);
}

/** The flags that mean something under a policy only. */
const ONLY_WITH: readonly (keyof BuyingFlags)[] = [
  ...(['prices', 'stageTimeout', 'sampleTemperature', 'secondUpstream', 'secondName', 'secondKeyFile'] as const),
  ...(['verifier', 'verifierCommand', 'verifierApiKeyEnv', 'judge', 'judgeEndpoint', 'judgeApiKeyEnv'] as const),
  ...([
    'judgeOrders',
    'judgeRepeats',
    'judgeTemperature',
    'crossExamine',
    'crossExamineRounds',
    'statedAfter',
  ] as const),
];

/**
 * How the gateway buys the stages of a policy; undefined without one. Errors: BAD_USAGE, those of reading prices and
 * keys.
 */
export async function buyingOf(flags: BuyingFlags): Promise<PolicyServing | undefined> {
  if (flags.policy === undefined) {
    const given = ONLY_WITH.find((key) => flags[key] !== undefined);
    if (given === undefined) return undefined;
    throw new VouchError('BAD_USAGE', 'only a policy needs this', { field: given, expected: '--policy' });
  }
  const { prices, stageTimeout = [], sampleTemperature = null } = flags;
  const timeouts = perName(stageTimeout, '--stage-timeout').map(([name, text]) => [name, seconds(text)] as const);
  return {
    prices: prices === undefined ? null : (await readPrices(prices)).prices,
    stageTimeout: timeouts.findLast(([name]) => name === null)?.[1] ?? gatewayDefaults.stageTimeout,
    stageTimeouts: Object.fromEntries(timeouts.filter(([name]) => name !== null)),
    sampleTemperature,
    seconds: await secondsOf(flags),
    names: Object.fromEntries(perName(flags.secondName ?? [], '--second-name', true)),
    ...asksOf(flags),
    env: process.env,
  };
}

async function secondsOf({ secondUpstream = [], secondKeyFile = [] }: BuyingFlags): Promise<PolicyServing['seconds']> {
  const places = perName(secondUpstream, '--second-upstream');
  const files = new Map(perName(secondKeyFile, '--second-key-file'));
  const found: PolicyServing['seconds'][number][] = [];
  for (const [model, url] of places) {
    const [key = null] = await readKeys(files.get(model) ?? files.get(null), SECOND_VARIABLE);
    found.push({ model, endpoint: { url, key } });
  }
  return found;
}

/** Whom to ask, with the names and the checks of `vouch enrich`. */
function asksOf(flags: BuyingFlags): Pick<PolicyServing, 'ask' | 'way'> {
  const { judge, judgeOrders, judgeRepeats, judgeTemperature, crossExamine, crossExamineRounds, statedAfter } = flags;
  const { verifier, verifierCommand, verifierApiKeyEnv, judgeEndpoint, judgeApiKeyEnv } = flags;
  const ask = { judge, judgeOrders, judgeRepeats, judgeTemperature, crossExamine, crossExamineRounds, statedAfter };
  const way = {
    ...{ verifiers: verifier, verifierCommands: verifierCommand, verifierApiKeyEnv, judgeEndpoints: judgeEndpoint },
    // judges at the upstream get its key
    judgeApiKeyEnv: judgeApiKeyEnv ?? (judgeEndpoint === undefined ? undefined : JUDGE_VARIABLE),
  };
  const models = [...(judge ?? []), ...(crossExamine === undefined ? [] : [crossExamine])];
  perModel(judgeEndpoint ?? [], '--judge-endpoint', models);
  perModel(judgeApiKeyEnv ?? [], '--judge-api-key-env', models);
  return { ask: checked(askSchema, ask), way: checked(waySchema, way) };
}

function checked<T>(
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false; error: { issues: Issue[] } } },
  value: Record<string, unknown>,
): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const field = String(path[0]);
  throw new VouchError('BAD_USAGE', message, { field, got: value[field] });
}

interface Issue {
  path: PropertyKey[];
  message: string;
}

/** Values given as `VALUE` (for all: null) or `NAME=VALUE`. An address is never taken for a name. Error: BAD_USAGE. */
function perName(texts: readonly string[], flag: string, isNamed = false): [name: string | null, value: string][] {
  return texts.map((text) => {
    const found = /^https?:\/\//i.test(text) ? null : /^([^=]+)=(.+)$/s.exec(text);
    if (found !== null) return [found[1], found[2]];
    if (!isNamed) return [null, text];
    throw new VouchError('BAD_USAGE', `cannot read ${flag}`, { field: flag, expected: 'MODEL=NAME', got: text });
  });
}

function seconds(text: string): number {
  const value = Number(text);
  if (value >= 0.001 && value <= 3600) return value;
  const expected = 'seconds from 0.001 to 3600';
  throw new VouchError('BAD_USAGE', 'not a valid time', { field: '--stage-timeout', expected, got: text });
}
