import { random } from '../../support/random.js';
import type { AskRun } from './ask-run.js';
import type { Asker } from './asker.js';
import { openClient } from './endpoint/client.js';
import { newTally } from './tally.js';

/** Opens the clients for the model and the judge. Keys come from the environment variables that the options name. */
export function openAsker(run: Pick<AskRun, 'ask' | 'way' | 'env' | 'abort'>): Asker {
  const { ask: options, way, env, abort } = run;
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
