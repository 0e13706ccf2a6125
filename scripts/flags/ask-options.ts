import { type Command, InvalidArgumentError, Option } from 'commander';
import type { z } from 'zod';
import type { AskRun } from '../../data/ask/ask-run.js';
import { askDefaults, askSchema, waySchema } from '../../data/ask/options.js';
import { readPrefix } from '../../data/ask/requests/prefix.js';
import { type AskSummary, describeSummary } from '../../data/ask/summary.js';
import { VouchError } from '../../support/errors.js';

/** The options `collect` and `enrich` share: whom to ask, what beside the answer, how fast and how patiently. */
export function addAskOptions(command: Command): Command {
  const d = askDefaults;
  return command
    .requiredOption('--endpoint <url>', 'OpenAI-compatible endpoint; repeat for several of the same model', gather)
    .requiredOption('--model <name>', 'the model to ask')
    .requiredOption('--out <file>', 'answers as JSON Lines; .jsonl or .jsonl.gz')
    .option('--prefix <file>', 'JSON: few-shot messages before every prompt, or {task: messages} by kind; not stored')
    .option(
      '--context-template <text>',
      `how passages are laid before the prompt (default: ${JSON.stringify(d.contextTemplate)})`,
    )
    .option('--max-tokens <n>', `tokens an answer may have (default: ${d.maxTokens})`, number)
    .option('--stop <text>', 'ends an answer; repeat for several; \\n is a newline', (text: string, all?: string[]) =>
      gather(text.replaceAll('\\n', '\n'), all),
    )
    .option(
      '--top-logprobs <k>',
      `alternatives a token; 0 for no log-probabilities (default: ${d.topLogprobs})`,
      number,
    )
    .option('--samples <n>', `further answers a question (default: ${d.samples})`, number)
    .option('--sample-temperature <t>', `their temperature (default: ${d.sampleTemperature})`, number)
    .option('--sample-alternatives', 'keep their alternatives too')
    .option('--stated', 'ask how sure the model is')
    .option('--ptrue', 'ask whether the answer is right, and read P(True)')
    .option('--judge <model>', 'ask another model whether the answer is right')
    .option('--judge-endpoint <url>', 'where the judge is (default: the same endpoints)', gather)
    .addOption(
      new Option(
        '--judge-as <kind>',
        `what a verdict becomes (default: ${d.judgeAs}); only a label's judge sees the reference`,
      ).choices(['verifier', 'label']),
    )
    .option('--concurrency <n>', `questions side by side (default: ${d.concurrency})`, number)
    .option('--rate <n>', 'requests a second, at most', number)
    .option('--retries <n>', `tries after a failed one (default: ${d.retries})`, number)
    .option('--back-off <s>', `seconds before the first retry, then doubled (default: ${d.backOff})`, number)
    .option('--timeout <s>', `seconds a request may take (default: ${d.timeout})`, number)
    .option('--give-up-after <n>', `failed questions in a row that end the run (default: ${d.giveUpAfter})`, number)
    .option('--seed <n>', `seed of the seeds sent (default: ${d.seed})`, number)
    .option('--api-key-env <name>', `environment variable that holds the key (default: ${d.apiKeyEnv})`)
    .option('--judge-api-key-env <name>', "the same for the judge's endpoint (default: that of --api-key-env)")
    .option('--restart', 'throw away work in hand and an earlier output')
    .option('--quiet', 'no progress')
    .option('--json', 'summary as JSON');
}

type Given = Record<string, unknown> & { endpoint: string[]; judgeEndpoint?: string[]; out: string; prefix?: string };

/**
 * Runs the command: options checked, Ctrl-C once finishes what is in flight, twice ends at once; prints the summary.
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
    else process.stderr.write('\nfinishing what is in flight; once more to end at once\n');
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
