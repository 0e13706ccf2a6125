import { VouchError } from '../../support/errors.js';
import { isObject } from '../check-value.js';
import { withoutGuard } from '../grades/grade-key.js';
import { gradeRows } from '../grades/grade-rows.js';
import { objectOf } from '../read/table/fields.js';
import type { Langfuse } from './client.js';

/** What an id names in Langfuse. */
export const OBJECT_TYPES = ['observation', 'trace', 'session'] as const;
export type ObjectType = (typeof OBJECT_TYPES)[number];

const PAGE = 100;

/**
 * The ids in a queue of `vouch monitor`, in its order: the id that the client gave the answer, else the id of the row.
 * Errors: BAD_RECORD for a row without an id; those of `gradeRows`.
 */
export async function idsInQueue(file: string): Promise<string[]> {
  const ids = new Set<string>();
  for await (const rows of gradeRows(file)) {
    for (const { value, error, line } of rows) {
      if (error !== undefined) throw error;
      const { answerId, id } = objectOf(value) ?? {};
      const found = [answerId, id].find((each) => typeof each === 'string' && each !== '');
      if (found === undefined) {
        throw new VouchError('BAD_RECORD', 'this row of the queue has no id', { file, line, field: 'id', got: id });
      }
      ids.add(withoutGuard(found as string));
    }
  }
  return [...ids];
}

/** How many answers were added to a queue of Langfuse, and how many were in it already. */
interface Sent {
  added: number;
  known: number;
}

/**
 * Adds answers to an annotation queue. What is in it already, pending or completed, is not added again, so a run that
 * was stopped can be repeated. Error: ENDPOINT_FAILED. Source: Langfuse's public API, AnnotationQueues (2026-11).
 */
export async function sendQueue(
  langfuse: Langfuse,
  ids: readonly string[],
  { queue, type }: { queue: string; type: ObjectType },
): Promise<Sent> {
  const path = `/annotation-queues/${encodeURIComponent(queue)}/items`;
  const objectType = type.toUpperCase();
  const known = new Set<unknown>();
  for (let page = 1; ; page++) {
    const reply = await langfuse.get(path, { page: String(page), limit: String(PAGE) });
    const { data, meta } = reply ?? {};
    for (const item of Array.isArray(data) ? data : []) {
      if (isObject(item) && item.objectType === objectType) known.add(item.objectId);
    }
    const pages = isObject(meta) ? Number(meta.totalPages) : 1;
    if (!(page < pages)) break;
  }
  const fresh = ids.filter((id) => !known.has(id));
  for (const objectId of fresh) await langfuse.post(path, { objectId, objectType });
  return { added: fresh.length, known: ids.length - fresh.length };
}
