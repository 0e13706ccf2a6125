import { type Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import type { AskRun } from '../../data/ask/ask-run.js';
import { askDefaults, askSchema, waySchema } from '../../data/ask/options.js';
import { readPrefix } from '../../data/ask/requests/prefix.js';
import { type AskSummary, describeSummary } from '../../data/ask/summary.js';
import { VouchError } from '../../support/errors.js';
import { groups, OTHER } from './groups.js';

/** The options of `collect` and `enrich`: which endpoint, which signals besides the answer, rate, retries, timeouts. */
export function addAskOptions(command: Command): Command {
  const d = askDefaults;
  return command
    .requiredOption('--endpoint <url>', 'OpenAI-compatible endpoint; repeat for several of the same model', gather)
    .requiredOption('--model <name>', 'the model to ask')
    .requiredOption('--out <file>', 'answers as JSON Lines; .jsonl or .jsonl.gz')
    .optionsGroup(groups.signals)
    .option(
      '--prefix <file>',
      'JSON: few-shot messages before every prompt, or {task: messages} by kind; they are not stored',
    )
    .option(
      '--context-template <text>',
      `how passages are put before the prompt (default: ${JSON.stringify(d.contextTemplate)})`,
    )
    .option('--max-tokens <n>', `most tokens per answer (default: ${d.maxTokens})`, number)
    .option(
      '--stop <text>',
      'text that ends an answer; repeat for several; \\n is a newline',
      (text: string, all?: string[]) => gather(text.replaceAll('\\n', '\n'), all),
    )
    .option('--top-logprobs <k>', `alternatives per token; 0: no log-probabilities (default: ${d.topLogprobs})`, number)
    .option('--samples <n>', `further answers per question (default: ${d.samples})`, number)
    .option('--sample-temperature <t>', `temperature of the samples (default: ${d.sampleTemperature})`, number)
    .option('--sample-alternatives', 'keep the alternatives of the samples too')
    .option('--stated', 'ask the model how confident it is')
    .option('--ptrue', 'ask the model whether its answer is right, and record P(True)')
    .option('--judge <model>', 'ask another model whether the answer is right')
    .option('--judge-endpoint <url>', 'endpoint of the judge; repeat for several (default: the same endpoints)', gather)
    .addOption(
      new Option(
        '--judge-as <kind>',
        `record verdicts as this; only with label does the judge see the reference (default: ${d.judgeAs})`,
      ).choices(['verifier', 'label']),
    )
    .optionsGroup(groups.requests)
    .option('--concurrency <n>', `questions in parallel (default: ${d.concurrency})`, number)
    .option('--rate <n>', 'most requests per second', number)
    .option('--retries <n>', `retries of a failed request (default: ${d.retries})`, number)
    .option('--back-off <s>', `seconds before the first retry; doubled each time (default: ${d.backOff})`, number)
    .option('--timeout <s>', `most seconds per request (default: ${d.timeout})`, number)
    .option(
      '--give-up-after <n>',
      `end the run after this many failed questions in a row (default: ${d.giveUpAfter})`,
      number,
    )
    .optionsGroup(groups.signals)
    .option('--seed <n>', `seed that the seeds in the requests are drawn from (default: ${d.seed})`, number)
    .optionsGroup(groups.requests)
    .option('--api-key-env <name>', `environment variable that holds the key (default: ${d.apiKeyEnv})`)
    .option(
      '--judge-api-key-env <name>',
      "environment variable that holds the key of the judge's endpoint (default: that of --api-key-env)",
    )
    .optionsGroup(OTHER)
    .option('--restart', 'discard unfinished work and an earlier output')
    .option('--quiet', 'no progress')
    .option('--json', 'print the summary as JSON');
}

type Given = Record<string, unknown> & { endpoint: string[]; judgeEndpoint?: string[]; out: string; prefix?: string };

/**
 * Runs the command: checks the options, asks, and prints the summary. The first Ctrl-C finishes open requests, the
 * second one ends at once.
 */
export async function runAsking(
  work: (run: AskRun) => Promise<AskSummary>,
  inputs: string[],
  given: Given,
): Promise<void> {
  const stop = new AbortController();
  const abort = new AbortController();
  const onSignal = () => {
    if (stop.signal.aborted) abort.abort();
    else process.stderr.write('\nfinishing open requests; press Ctrl-C again to end at once\n');
    stop.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const summary = await work({
      inputs,
      out: given.out,
      ask: check(askSchema, given),
      way: check(waySchema, { ...given, endpoints: given.endpoint, judgeEndpoints: given.judgeEndpoint }),
      prefix: given.prefix === undefined ? {} : await readPrefix(given.prefix),
      restart: given.restart === true,
      env: process.env,
      now: () => new Date(),
      quiet: given.quiet === true,
      stop: stop.signal,
      abort: abort.signal,
    });
    process.stdout.write(`${given.json === true ? JSON.stringify(summary) : describeSummary(summary)}\n`);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

function check<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  const option = `--${String(path[0]).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new VouchError('BAD_USAGE', message, {
    field: option,
    got: (given as Record<string, unknown>)[String(path[0])],
  });
}

function gather(text: string, all: string[] = []): string[] {
  return [...all, text];
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number.');
  return value;
}
