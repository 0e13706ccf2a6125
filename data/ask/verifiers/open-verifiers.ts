import PQueue from 'p-queue';
import { random } from '../../../support/random.js';
import type { AskRun } from '../ask-run.js';
import { perModel, valuesFor } from '../per-model.js';
import { commandVerifier } from './command-verifier.js';
import { httpVerifier } from './http-verifier.js';
import { namedVerifiers } from './named-verifiers.js';
import type { Verifier } from './verifier.js';

/**
 * Opens the verifiers that the options name. Commands get the environment without the variables that hold keys of
 * endpoints, because they may run code that a model wrote. Errors: BAD_USAGE.
 */
export async function openVerifiers(run: Pick<AskRun, 'ask' | 'way' | 'env' | 'abort'>): Promise<Verifier[]> {
  const { way, env, abort, ask } = run;
  const all = namedVerifiers(way);
  const names = all.filter(({ kind }) => kind === 'http').map(({ name }) => name);
  const keys = perModel(way.verifierApiKeyEnv, '--verifier-api-key-env', names);
  const patience = { retries: way.retries, backOff: way.backOff, random: random(ask.seed).fork('verifiers') };
  const queue = new PQueue({ concurrency: way.verifierConcurrency });
  const bare = withoutKeys(run);
  return Promise.all(
    all.map(({ name, kind, value }) => {
      const common = { timeout: way.verifierTimeout, abort };
      if (kind === 'command') return commandVerifier(name, value, { ...common, env: bare, queue });
      const variable = valuesFor(keys, name).at(-1);
      const key = variable === undefined ? undefined : env[variable];
      return httpVerifier(name, value, { ...common, ...patience, key });
    }),
  );
}

function withoutKeys({ way, env }: Pick<AskRun, 'way' | 'env'>): Record<string, string | undefined> {
  const variables = [...way.judgeApiKeyEnv, ...way.verifierApiKeyEnv].map((text) => text.slice(text.indexOf('=') + 1));
  const secret = new Set([way.apiKeyEnv, way.hiddenApiKeyEnv, ...variables]);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret.has(name)));
}
