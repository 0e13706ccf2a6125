import { type Command, InvalidArgumentError, Option } from 'commander';
import { askDefaults as d } from '../../data/ask/options.js';
import { gather } from './gather.js';
import { groups, OTHER } from './groups.js';
import { addVerifierKey, addVerifierServices } from './verifier-services.js';

/**
 * The options of `collect` and `enrich`: which endpoint, which signals besides the answer, rate, retries, timeouts.
 * `needsModel`: whether the command always asks a model.
 */
export function addAskOptions(command: Command, needsModel: boolean): Command {
  const endpoint = '--endpoint <url>';
  const model = '--model <name>';
  const atWhat = 'OpenAI-compatible endpoint of the model; repeat for several that serve it';
  const ofWhat = needsModel
    ? 'the model to ask'
    : 'the model that gave the answers; needed if it is asked again (--samples, --stated, --stated-after, --ptrue, ' +
      '--cross-examine)';
  if (needsModel) command.requiredOption(endpoint, atWhat, gather).requiredOption(model, ofWhat);
  else command.option(endpoint, atWhat, gather).option(model, ofWhat);
  command.requiredOption('--out <file>', 'answers as JSON Lines; .jsonl or .jsonl.gz');
  addSignals(command);
  addVerifiers(command);
  addRequests(command);
  return command
    .optionsGroup(groups.dry)
    .option('--dry-run', 'count requests and tokens, and compute their price; ask and write nothing')
    .option(
      '--price-prompt <price>',
      'price of a million prompt tokens, as PRICE or MODEL=PRICE; repeat for several models',
      gather,
    )
    .option('--price-completion <price>', 'price of a million completion tokens, in the same form', gather)
    .optionsGroup(OTHER)
    .option('--restart', 'discard the unfinished work and the output of an earlier run, and start again')
    .option('--quiet', 'no progress')
    .option('--json', 'print the summary as JSON');
}

function addSignals(command: Command): void {
  command
    .optionsGroup(groups.signals)
    .option(
      '--prefix <file>',
      'JSON file: few-shot messages to put before every prompt, or {TASK: messages}; the answers do not store them',
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
    .option(
      '--top-logprobs <k>',
      `alternatives to record per token; 0: no log-probabilities (default: ${d.topLogprobs})`,
      number,
    )
    .option('--samples <n>', `further answers per question (default: ${d.samples})`, number)
    .option('--sample-temperature <t>', `temperature of the samples (default: ${d.sampleTemperature})`, number)
    .option('--sample-alternatives', 'record the alternative tokens of the samples too')
    .option('--stated', 'ask the model how confident it is')
    .option(
      '--stated-after <k>',
      'ask the model for k − 1 other answers, then for the probability of each of the k; recorded as ' +
        `verifiers.statedTopK; 0: do not ask (default: ${d.statedAfter})`,
      number,
    )
    .option('--ptrue', 'ask the model whether its answer is right, and record P(True)')
    .option(
      '--hidden <url>',
      'server (llama.cpp with --embeddings --pooling last) that gives the hidden state of the last token of question ' +
        'and answer, as URL or NAME=URL; recorded as embeddings.NAME, or as embeddings.hidden if there is no name',
    )
    .option('--seed <n>', `seed from which the seed of each request is derived (default: ${d.seed})`, number);
}

function addVerifiers(command: Command): void {
  command
    .optionsGroup(groups.verifiers)
    .option('--judge <model>', 'ask another model whether the answer is right; repeat for a panel', gather)
    .option(
      '--judge-endpoint <url>',
      'endpoint of the judges, the examiner and the entailment model, as URL or MODEL=URL; repeat for several ' +
        '(default: those of --endpoint)',
      gather,
    )
    .addOption(
      new Option(
        '--judge-as <kind>',
        'verifier: verdicts become signals; label: the judge sees the reference, and verdicts become labels ' +
          `(default: ${d.judgeAs})`,
      ).choices(['verifier', 'label']),
    )
    .addOption(
      new Option(
        '--judge-orders <orders>',
        'one: ask each judge in one order; both: ask it again with verdicts and passages in reverse order, and ' +
          `record the mean and the difference (default: ${d.judgeOrders})`,
      ).choices(['one', 'both']),
    )
    .option(
      '--judge-repeats <k>',
      `ask each judge k times, and record the mean and the agreement (default: ${d.judgeRepeats})`,
      number,
    )
    .option(
      '--judge-temperature <t>',
      `temperature of the judges if --judge-repeats is above 1 (default: ${d.judgeTemperature})`,
      number,
    )
    .option(
      '--cross-examine <model>',
      'let this model question the model that answered, then decide whether the answer is right',
    )
    .option(
      '--cross-examine-rounds <n>',
      `most rounds of questions and replies (default: ${d.crossExamineRounds})`,
      number,
    )
    .option(
      '--entail-model <model>',
      'ask this model which passages entail or contradict the answer, and whether answer and samples entail or ' +
        'contradict each other; recorded as entailments.MODEL',
    );
  addVerifierServices(command)
    .option(
      '--verifier-timeout <s>',
      `most seconds until a service or program gives its score (default: ${d.verifierTimeout})`,
      number,
    )
    .option(
      '--verifier-concurrency <n>',
      `verifier programs that run at once (default: ${d.verifierConcurrency})`,
      number,
    );
}

function addRequests(command: Command): void {
  command
    .optionsGroup(groups.requests)
    .option('--concurrency <n>', `questions that are asked at once (default: ${d.concurrency})`, number)
    .option('--rate <n>', 'most requests per second', number)
    .option('--retries <n>', `retries of a failed request (default: ${d.retries})`, number)
    .option('--back-off <s>', `seconds before the first retry; doubled each time (default: ${d.backOff})`, number)
    .option('--timeout <s>', `most seconds per request (default: ${d.timeout})`, number)
    .option(
      '--give-up-after <n>',
      `end the run after this many failed questions in a row (default: ${d.giveUpAfter})`,
      number,
    )
    .option('--api-key-env <name>', `environment variable that holds the key of --endpoint (default: ${d.apiKeyEnv})`)
    .option(
      '--judge-api-key-env <name>',
      'environment variable that holds the key of --judge-endpoint, as NAME or MODEL=NAME ' +
        '(default: that of --api-key-env)',
      gather,
    )
    .option(
      '--hidden-api-key-env <name>',
      'environment variable that holds the key of --hidden (default: no key is sent)',
    );
  addVerifierKey(command);
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number.');
  return value;
}
