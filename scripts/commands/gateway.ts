import { type Command, Option } from 'commander';
import { openGateway } from '../../serve/gateway/gateway.js';
import { readKeys } from '../../serve/http/keys.js';
import { type GatewayOptions, gatewayDefaults } from '../../serve/options.js';
import { run } from '../../serve/run.js';
import { VouchError } from '../../support/errors.js';
import { addBuying, type BuyingFlags, buyingOf } from '../flags/buying.js';
import { whole } from '../flags/reading.js';
import { addServing, type ServingFlags, sayListening, servingOptions } from '../flags/serving.js';

interface Flags extends ServingFlags, BuyingFlags {
  upstream: string;
  upstreamKeyFile?: string;
  logprobs: boolean;
  abstainText?: string;
  escalateUpstream?: string;
  escalateModel?: string;
  escalateKeyFile?: string;
  strict?: boolean;
  bufferStreams?: boolean;
  strictTools?: boolean;
  allowPath?: string[];
  mostChoices: number;
  mostTokens: number;
  mostEvent: number;
  mostEvents: number;
}

const example = `
Clients use the gateway like the upstream. It scores answers of chat/completions, completions,
responses and Anthropic's v1/messages: they come back with the headers x-vouch-probability and
x-vouch-decision and a "vouch" field (of a stream: in the last events). Everything else passes
through. A client may describe its question in a "vouch" field of the request: task, context, facts,
features, … An answer that cannot be scored is passed on, marked unscored. If the upstream fails
because log-probabilities were added, the gateway asks again without them.

Example:
  $ vouch gateway --upstream http://127.0.0.1:8000/v1 --model runs/mine --port 8081
  $ vouch gateway --upstream http://127.0.0.1:8000/v1 --model runs/mine \\
      --escalate-model large --abstain-text "I am not sure."
  $ vouch gateway --upstream http://127.0.0.1:8000/v1 --policy runs/policy \\
      --second-upstream large=http://127.0.0.1:8001/v1 --abstain-text "I am not sure."`;

/** `vouch gateway`: a proxy that scores the answers of an OpenAI-compatible endpoint. */
export function register(program: Command): void {
  const { port, bodyLimit, timeout, mostChoices, mostTokens, mostEvent, mostEvents } = gatewayDefaults;
  const count = (flag: string) => whole(flag, 'not a valid number', 1);
  const times = 'seconds until the upstream must begin its answer, and between two parts of it';
  const command = program
    .command('gateway')
    .description('Run a proxy in front of an OpenAI-compatible or Anthropic endpoint, which scores its answers.')
    .requiredOption('--upstream <url>', 'the endpoint whose answers are scored')
    .option('--model <dir>', 'the bundle, or a symlink to it; needed without --policy')
    .option(
      '--upstream-key-file <file>',
      "key for the upstream (default: VOUCH_UPSTREAM_KEY in the environment, else the client's own key)",
    )
    .addOption(
      new Option('--no-logprobs', 'never ask the upstream for log-probabilities that the client did not ask for'),
    )
    .option(
      '--abstain-text <text>',
      'text that replaces answers with the decision abstain or escalate; with --strict also answers that no promise ' +
        `covers or that have no score (with --strict by default "${gatewayDefaults.withheldText}")`,
    )
    .option('--escalate-model <name>', 'model to ask if the first answer is not accepted')
    .option('--escalate-upstream <url>', 'endpoint of that model (default: the upstream)')
    .option('--escalate-key-file <file>', 'key for that endpoint (default: VOUCH_ESCALATE_KEY in the environment)')
    .option(
      '--strict',
      'treat answers that no promise covers, or that have no score, like abstain; hold streams back; pass known paths only',
    )
    .option('--strict-tools', 'with --strict: also replace tool and function calls')
    .option('--allow-path <path...>', 'with --strict: further paths to pass; their answers are not scored')
    .option(
      '--most-choices <n>',
      'most choices in an answer; larger answers are not scored',
      count('--most-choices'),
      mostChoices,
    )
    .option(
      '--most-tokens <n>',
      'most tokens with log-probabilities; larger answers are not scored',
      count('--most-tokens'),
      mostTokens,
    )
    .option(
      '--most-event <bytes>',
      'most bytes in one event of a stream; larger answers are not scored',
      count('--most-event'),
      mostEvent,
    )
    .option(
      '--most-events <n>',
      'most events in a stream; larger answers are not scored',
      count('--most-events'),
      mostEvents,
    )
    .option('--buffer-streams', 'hold streams back until they are scored, so that they can be replaced');
  addServing(addBuying(command), { port, bodyLimit, timeout, times }).addHelpText('after', example).action(serve);
}

async function serve(flags: Flags): Promise<void> {
  const { upstream, upstreamKeyFile, abstainText, escalateUpstream, escalateModel, escalateKeyFile } = flags;
  const [key = null] = await readKeys(upstreamKeyFile, 'VOUCH_UPSTREAM_KEY');
  const [secondKey = null] = await readKeys(escalateKeyFile, 'VOUCH_ESCALATE_KEY');
  const second = { url: escalateUpstream ?? upstream, key: secondKey ?? (escalateUpstream === undefined ? key : null) };
  const policy = await buyingOf(flags);
  const serving = await servingOptions({ ...flags, model: bundleOf(flags) });
  const options: GatewayOptions = {
    ...serving,
    upstream: { url: upstream, key },
    policy,
    askLogprobs: flags.logprobs,
    abstainText: abstainText ?? null,
    escalate:
      escalateModel === undefined && escalateUpstream === undefined
        ? null
        : { endpoint: second, model: escalateModel ?? null },
    strict: flags.strict === true,
    strictTools: flags.strictTools === true,
    allowPaths: flags.allowPath ?? [],
    limits: {
      choices: flags.mostChoices,
      tokens: flags.mostTokens,
      event: flags.mostEvent,
      events: flags.mostEvents,
    },
    bufferStreams: flags.bufferStreams === true,
    task: flags.task ?? null,
  };
  await run(await openGateway(options), options, serving, sayListening(flags.json, `gateway to ${upstream}`));
}

/** The folder of the bundle: a policy is one. Error: BAD_USAGE if there is neither. */
function bundleOf({ policy, model }: Pick<Flags, 'policy'> & { model?: string }): string {
  const dir = policy ?? model;
  if (dir !== undefined) return dir;
  const expected = '--model DIR, or --policy DIR';
  throw new VouchError('BAD_USAGE', 'the bundle that scores is missing', { field: '--model', expected });
}
