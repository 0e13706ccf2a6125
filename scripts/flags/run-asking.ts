import type { z } from 'zod';
import type { AskRun } from '../../data/ask/ask-run.js';
import { askSchema, waySchema } from '../../data/ask/options.js';
import { describePlan } from '../../data/ask/plan/describe-plan.js';
import type { Plan } from '../../data/ask/plan/plan.js';
import { readPrefix } from '../../data/ask/requests/prefix.js';
import { type AskSummary, describeSummary } from '../../data/ask/summary.js';
import { attemptScorer } from '../../library/best-of/attempt-scorer.js';
import { withEncoders } from '../../library/encoders.js';
import type { Annotator } from '../../meaning/annotator.js';
import type { CacheCounts } from '../../meaning/encoder/kept.js';
import { VouchError } from '../../support/errors.js';
import { thousands } from '../../support/words/thousands.js';
import { type EncoderFlags, encodersOf } from './encoders.js';
import { type PinningFlags, pinningOf } from './pinning.js';
import type { PluginFlags } from './plugins.js';

type Given = Record<string, unknown> & { out: string; prefix?: string; bundle?: string } & EncoderFlags &
  PinningFlags &
  PluginFlags;
type Meaning = NonNullable<AskRun['meaning']>;

/** What a command does, and what its dry run does. */
interface Asking {
  run: (run: AskRun) => Promise<AskSummary>;
  plan: (run: AskRun) => Promise<Plan>;
}

/**
 * Runs the command: checks the options, asks, and prints the summary; with `--dry-run`, prints the plan instead. The
 * first Ctrl-C finishes open requests, the second one ends at once.
 */
export async function runAsking(work: Asking, inputs: string[], given: Given): Promise<void> {
  return withEncoders(await encodersOf(given), (annotator) => askWith(work, inputs, given, annotator));
}

async function askWith(work: Asking, inputs: string[], given: Given, annotator: Annotator | undefined): Promise<void> {
  const stop = new AbortController();
  const abort = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) abort.abort();
    else process.stderr.write('\nfinishing open requests; press Ctrl-C again to end at once\n');
    stop.abort();
  };
  const run: AskRun = {
    inputs,
    out: given.out,
    ask: check(askSchema, given),
    way: check(waySchema, { ...given, ...lists(given) }),
    prefix: given.prefix === undefined ? {} : await readPrefix(given.prefix),
    restart: given.restart === true,
    meaning: annotator && { facts: annotator.encoders, fieldsOf: annotator.fieldsOf as Meaning['fieldsOf'] },
    prices: {
      prompt: (given.pricePrompt as string[] | undefined) ?? [],
      completion: (given.priceCompletion as string[] | undefined) ?? [],
    },
    env: process.env,
    now: () => new Date(),
    quiet: given.quiet === true,
    stop: stop.signal,
    abort: abort.signal,
  };
  const scorer =
    given.bundle === undefined
      ? undefined
      : await attemptScorer(given.bundle, { ...(await pinningOf(given)), plugins: given.plugin, annotator });
  run.scorer = scorer;
  const print = <T>(result: T, describe: (result: T) => string) => {
    process.stdout.write(`${given.json === true ? JSON.stringify(result) : describe(result)}\n`);
  };
  try {
    if (given.dryRun === true) {
      print(await work.plan(run), describePlan);
      return;
    }
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
    print(await work.run(run), describeSummary);
    if (annotator !== undefined && given.json !== true) process.stdout.write(`${cacheLine(annotator.counts())}\n`);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await scorer?.close();
  }
}

/** How many texts and pairs the models were asked for, and the share that came from the cache. */
function cacheLine({ asked, computed }: CacheCounts): string {
  const share = asked === 0 ? 0 : (100 * (asked - computed)) / asked;
  return `text models: ${thousands(asked)} texts and pairs, ${share.toFixed(1)}% from the cache`;
}

/** Lists of the schema whose flags, given once per value, are named in the singular. */
const FLAGS = {
  endpoints: 'endpoint',
  judgeEndpoints: 'judgeEndpoint',
  verifiers: 'verifier',
  verifierCommands: 'verifierCommand',
} as const;

function lists(given: Given): Record<string, unknown> {
  return Object.fromEntries(Object.entries(FLAGS).map(([key, flag]) => [key, given[flag]]));
}

function check<T>(schema: z.ZodType<T>, given: Record<string, unknown>): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  const key = String(path[0]);
  const flag = (FLAGS as Record<string, string>)[key] ?? key;
  const field = `--${flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new VouchError('BAD_USAGE', message, { field, got: given[key] });
}
