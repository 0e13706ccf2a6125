import { random } from '../../support/random.js';
import type { AskRun } from './ask-run.js';
import type { Asker } from './asker.js';
import { type Client, openClient } from './endpoint/client.js';
import { openHidden } from './hidden/open-hidden.js';
import { modelsAsked } from './models-asked.js';
import { perModel, valuesFor } from './per-model.js';
import { newTally } from './tally.js';
import { openVerifiers } from './verifiers/open-verifiers.js';

/**
 * Opens the clients for the model, the judges, the examiner and the entailment model, and the verifiers. Keys come from
 * the environment variables that the options name. A model with several of these roles has one client.
 */
export async function openAsker(run: Pick<AskRun, 'ask' | 'way' | 'env' | 'abort'>): Promise<Asker> {
  const { ask: options, way, env, abort } = run;
  const { retries, backOff, timeout, rate } = way;
  const common = { retries, backOff, timeout, rate, abort, random: random(options.seed).fork('back-off') };
  const { others } = modelsAsked(run);
  const keys = perModel(
    way.judgeApiKeyEnv,
    '--judge-api-key-env',
    others.map(({ model }) => model),
  );
  const opened = new Map<string, Client>();
  for (const { model, endpoints } of others) {
    const key = env[valuesFor(keys, model).at(-1) ?? way.apiKeyEnv];
    opened.set(model, openClient({ ...common, endpoints, model, key }));
  }
  const client = openClient({
    ...common,
    endpoints: way.endpoints,
    model: options.model ?? '',
    key: env[way.apiKeyEnv],
  });
  const entailer = options.entailModel === undefined ? undefined : opened.get(options.entailModel);
  const examiner = options.crossExamine === undefined ? undefined : opened.get(options.crossExamine);
  return {
    client,
    judges: options.judge.map((model) => opened.get(model)!),
    ...(examiner === undefined ? {} : { examiner }),
    ...(entailer === undefined ? {} : { entailer }),
    hidden: openHidden(run),
    verifiers: await openVerifiers(run),
    verifierCounts: new Map(),
    options,
    tally: newTally(),
  };
}
