import { random } from '../../../support/random.js';
import type { AskRun } from '../ask-run.js';
import { short } from '../requests/short.js';
import { namedHidden } from './ask-hidden.js';
import { inBatches } from './batches.js';
import type { Hidden } from './hidden.js';
import { hiddenClient } from './hidden-client.js';

/** Opens the server of `--hidden`; undefined if there is none. Numbers are rounded to six digits. Error: BAD_USAGE. */
export function openHidden({
  ask,
  way,
  env,
  abort,
}: Pick<AskRun, 'ask' | 'way' | 'env' | 'abort'>): Hidden | undefined {
  if (way.hidden === undefined) return undefined;
  const { name, address } = namedHidden(way.hidden);
  const { retries, backOff, timeout, hiddenApiKeyEnv } = way;
  const key = hiddenApiKeyEnv === undefined ? undefined : env[hiddenApiKeyEnv];
  const patience = { retries, backOff, timeout, abort, key, random: random(ask.seed).fork('hidden') };
  const client = hiddenClient(address, ask.model ?? '', patience);
  const vectorOf = inBatches((texts) => client.vectors(texts));
  return {
    name,
    counts: client.counts,
    vector: async (turns, plain, answer) => {
      const question = (await client.layOut(turns)) ?? `${plain}\n`;
      return (await vectorOf(question + answer)).map(short);
    },
  };
}
