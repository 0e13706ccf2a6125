import type { Asker } from '../../../data/ask/asker.js';
import { isAskable } from '../../../data/ask/lay-out.js';
import { modelsAsked } from '../../../data/ask/models-asked.js';
import { openAsker } from '../../../data/ask/open-asker.js';
import { askExtras } from '../../../data/ask/requests/ask-extras.js';
import { askVerifiers } from '../../../data/ask/verifiers/ask-verifiers.js';
import type { Verifier } from '../../../data/ask/verifiers/verifier.js';
import type { AnswerRecord } from '../../../data/record.js';
import { valueAt } from '../../../scorer/policy/case.js';
import type { PolicyServing } from '../../options.js';

/** Whom to ask about an answer, and for how long. */
interface Asking {
  policy: PolicyServing;
  /** The verifiers that the options name, opened once. */
  verifiers: readonly Verifier[];
  /** The endpoint and the name of the model that gave the answer, and its key. */
  url: string;
  model: string;
  key: string | undefined;
  seconds: number;
  signal: AbortSignal;
}

/** How often a request is sent again while the stage has time. */
const RETRIES = 1;

/** The environment variable of the key, for the client that asks. It is not read from the environment. */
export const KEY_NAME = 'VOUCH_UPSTREAM_KEY';

/**
 * Adds stated confidence and verifiers to an answer, as `vouch enrich` would: the fields that a stage buys, and of the
 * verifiers those that it lacks. Errors: the reason, if one of them did not come.
 */
export async function buyScores(
  record: AnswerRecord,
  fields: readonly string[],
  asking: Asking,
): Promise<AnswerRecord> {
  const { verifiers, signal } = asking;
  const wants = (field: string) => fields.includes(field);
  const verifies = (root: RegExp) => fields.some((field) => root.test(field));
  const { policy, url, model, key, seconds } = asking;
  const { ask, way, env } = policy;
  const own = {
    ...{ ...ask, model, samples: 0, stated: wants('stated'), ptrue: verifies(/^verifiers\.ptrue$/) },
    statedAfter: verifies(/^verifiers\.statedTopK/) ? ask.statedAfter : 0,
    judge: verifies(/^verifiers\.judges?(\.|$)/) ? ask.judge : [],
    crossExamine: verifies(/^verifiers\.crossExamined/) ? ask.crossExamine : undefined,
    entailModel: undefined,
  };
  const models = [...own.judge, ...(own.crossExamine === undefined ? [] : [own.crossExamine])];
  const how = {
    ...way,
    endpoints: [url],
    retries: RETRIES,
    timeout: seconds,
    apiKeyEnv: KEY_NAME,
    verifiers: [],
    verifierCommands: [],
    judgeEndpoints: forModels(way.judgeEndpoints, models),
    judgeApiKeyEnv: forModels(way.judgeApiKeyEnv, models),
  };
  const run = { ask: own, way: how, env: { ...env, [KEY_NAME]: key }, abort: signal };
  const named = verifiers.filter(({ name }) => verifies(new RegExp(`^verifiers\\.${escaped(name)}(\\.|$)`)));
  const asker: Asker = { ...(await openAsker(run)), verifiers: named };
  const verified = { ...record, ...(await askVerifiers(record, asker, Number.POSITIVE_INFINITY)) };
  const { answering, others } = modelsAsked(run);
  if ((answering || others.length > 0) && !isAskable(record)) throw new Error('the request has no question in words');
  const options = { prefix: [], maxTokens: ask.maxTokens, asker };
  const extras = answering
    ? await asker.client.at((chat) => askExtras(verified, { ...options, chat }))
    : await askExtras(verified, { ...options, chat: undefined });
  const whole = { ...verified, ...extras };
  const lacking = fields.find((field) => valueAt(whole, field) == null);
  if (lacking === undefined) return whole;
  const reason = [...asker.verifierCounts.values()].find((count) => count.reason !== null)?.reason;
  throw new Error(`${lacking} did not come${reason == null ? '' : `: ${reason}`}`);
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The values for all models, and those for one of these models (`MODEL=VALUE`). */
function forModels(texts: readonly string[], models: readonly string[]): string[] {
  return texts.filter((text) => {
    const named = /^https?:\/\//i.test(text) ? null : /^([^=]+)=/.exec(text);
    return named === null || models.includes(named[1]);
  });
}
