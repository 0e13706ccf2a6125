import { type Fields, isObject } from '../check-value.js';
import type { Langfuse } from './client.js';

/** Which scores are wanted; absent: all. */
interface ScoreFilter {
  /** Id of an annotation queue. */
  queue?: string;
  name?: string;
  /** ISO 8601; scores from this time on. */
  since?: string;
}

const PAGE = 100;

/**
 * The scores of a project, in pages, as flat objects that `vouch feedback` and `--labels` read: with `traceId`,
 * `observationId`, `value`, `stringValue`. It asks version 3 of the API, and version 2 where a self-hosted Langfuse has
 * no other. Error: ENDPOINT_FAILED. Source: Langfuse's public API, ScoresV3 and GetScoresResponse (2026-11).
 */
export async function* langfuseScores(
  langfuse: Langfuse,
  { queue, name, since }: ScoreFilter,
): AsyncGenerator<Fields[]> {
  const filter = {
    limit: String(PAGE),
    ...(queue === undefined ? {} : { queueId: queue }),
    ...(name === undefined ? {} : { name }),
    ...(since === undefined ? {} : { fromTimestamp: since }),
  };
  const third = { ...filter, fields: 'details,subject,annotation' };
  let reply = await langfuse.get('/v3/scores', third, true);
  if (reply === null) return yield* secondVersion(langfuse, filter);
  for (;;) {
    yield listIn(reply).map(flat);
    const cursor: unknown = isObject(reply?.meta) ? reply.meta.cursor : null;
    if (typeof cursor !== 'string' || cursor === '') return;
    reply = await langfuse.get('/v3/scores', { ...third, cursor });
  }
}

async function* secondVersion(langfuse: Langfuse, filter: Readonly<Record<string, string>>): AsyncGenerator<Fields[]> {
  for (let page = 1; ; page++) {
    const reply = await langfuse.get('/v2/scores', { ...filter, page: String(page) });
    yield listIn(reply);
    const pages = isObject(reply?.meta) ? Number(reply.meta.totalPages) : 1;
    if (!(page < pages)) return;
  }
}

function listIn(reply: Fields | null): Fields[] {
  return Array.isArray(reply?.data) ? reply.data.filter(isObject) : [];
}

/** A score of version 3 as version 2 has it: the subject as ids, and a word, a truth value or a text as `stringValue`. */
function flat({ subject, value, ...rest }: Fields): Fields {
  const { kind, id, traceId } = isObject(subject) ? subject : {};
  const isWord = typeof value === 'string';
  return {
    ...rest,
    traceId: kind === 'trace' ? id : (traceId ?? null),
    observationId: kind === 'observation' ? id : null,
    ...(kind === 'session' ? { sessionId: id } : {}),
    value: isWord ? null : typeof value === 'boolean' ? Number(value) : (value ?? null),
    stringValue: isWord ? value : typeof value === 'boolean' ? (value ? 'True' : 'False') : null,
  };
}
