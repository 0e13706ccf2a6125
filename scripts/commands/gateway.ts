import { type Command, Option } from 'commander';
import { openGateway } from '../../serve/gateway/gateway.js';
import { readKeys } from '../../serve/http/keys.js';
import { type GatewayOptions, gatewayDefaults } from '../../serve/options.js';
import { run } from '../../serve/run.js';
import { whole } from '../flags/reading.js';
import { addServing, type ServingFlags, sayListening, servingOptions } from '../flags/serving.js';

interface Flags extends ServingFlags {
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
Clients talk to it as to the upstream. Answers of chat/completions, completions, responses and Anthropic's v1/messages come back with
x-vouch-probability and x-vouch-decision and a "vouch" field (in a stream in its last events); everything else passes through. A client may
describe its question in a "vouch" field of the request: task, context, facts, features, … An answer that cannot be scored arrives all the
same, marked unscored; where the upstream fails because log-probabilities were added, it is asked again without.

Example:
  $ vouch gateway --upstream http://127.0.0.1:8000/v1 --model runs/mine --port 8081
  $ vouch gateway --upstream http://127.0.0.1:8000/v1 --model runs/mine --escalate-model large --abstain-text "I am not sure."`;

/** `vouch gateway`: scores what an OpenAI-compatible endpoint answers, on the way. */
export function register(program: Command): void {
  const { port, bodyLimit, timeout, mostChoices, mostTokens, mostEvent, mostEvents } = gatewayDefaults;
  const count = (flag: string) => whole(flag, 'no such number', 1);
  const times = 'the upstream may take to begin, and between two parts of its answer';
  const command = program
    .command('gateway')
    .description('Stand before an OpenAI-compatible endpoint and score its answers on the way.')
    .requiredOption('--upstream <url>', 'the endpoint')
    .requiredOption('--model <dir>', 'the bundle, or a symlink to it')
    .option(
      '--upstream-key-file <file>',
      "key for the upstream (default: VOUCH_UPSTREAM_KEY in the environment; else the client's own)",
    )
    .addOption(new Option('--no-logprobs', "never ask for log-probabilities on a client's behalf"))
    .option('--abstain-text <text>', 'what stands in the place of an answer that is abstained from')
    .option('--escalate-model <name>', 'model that is asked where the first answer is not accepted')
    .option('--escalate-upstream <url>', 'where it is (default: the upstream)')
    .option('--escalate-key-file <file>', 'key for it (default: VOUCH_ESCALATE_KEY in the environment)')
    .option(
      '--strict',
      'treat answers without a decision, and unscored ones, as abstained from; hold streams back; pass known paths only',
    )
    .option('--strict-tools', 'under --strict, replace tool and function calls, too')
    .option('--allow-path <path...>', 'paths that pass under --strict though no answer is scored there')
    .option('--most-choices <n>', 'larger answers are unscored: choices', count('--most-choices'), mostChoices)
    .option('--most-tokens <n>', 'tokens with log-probabilities', count('--most-tokens'), mostTokens)
    .option('--most-event <bytes>', 'bytes of one event of a stream', count('--most-event'), mostEvent)
    .option('--most-events <n>', 'events of a stream', count('--most-events'), mostEvents)
    .option('--buffer-streams', 'hold streams back until they are scored, so that they can be replaced');
  addServing(command, { port, bodyLimit, timeout, times }).addHelpText('after', example).action(serve);
}

async function serve(flags: Flags): Promise<void> {
  const { upstream, upstreamKeyFile, abstainText, escalateUpstream, escalateModel, escalateKeyFile } = flags;
  const [key = null] = await readKeys(upstreamKeyFile, 'VOUCH_UPSTREAM_KEY');
  const [secondKey = null] = await readKeys(escalateKeyFile, 'VOUCH_ESCALATE_KEY');
  const second = { url: escalateUpstream ?? upstream, key: secondKey ?? (escalateUpstream === undefined ? key : null) };
  const serving = await servingOptions(flags);
  const options: GatewayOptions = {
    ...serving,
    upstream: { url: upstream, key },
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
