import { random } from '../../support/random.js';
import type { Asker } from './asker.js';
import { openClient } from './endpoint/client.js';
import type { AskOptions, WayOptions } from './options.js';
import { newTally } from './tally.js';

/** Opens the clients for the model and the judge. Keys come from the environment variables that the options name. */
export function openAsker(
  options: AskOptions,
  way: WayOptions,
  env: Record<string, string | undefined>,
  abort?: AbortSignal,
): Asker {
  const { retries, backOff, timeout, rate } = way;
  const common = { retries, backOff, timeout, rate, abort, random: random(options.seed).fork('back-off') };
  const client = openClient({ ...common, endpoints: way.endpoints, model: options.model, key: env[way.apiKeyEnv] });
  const judge =
    options.judge === undefined
      ? undefined
      : openClient({
          ...common,
          endpoints: way.judgeEndpoints.length > 0 ? way.judgeEndpoints : way.endpoints,
          model: options.judge,
          key: env[way.judgeApiKeyEnv ?? way.apiKeyEnv],
        });
  return { client, ...(judge === undefined ? {} : { judge }), options, tally: newTally() };
}
