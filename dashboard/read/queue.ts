import { isUngraded } from '../../data/grade.js';
import { withoutGuard } from '../../data/grades/grade-key.js';
import { gradeRows } from '../../data/grades/grade-rows.js';
import { objectOf } from '../../data/read/table/fields.js';
import { VouchError } from '../../support/errors.js';

/** The most rows of a queue that are shown; `vouch monitor` draws at most as many. */
const MOST = 10_000;

/**
 * The ids of the answers in a file that `vouch monitor --queue` wrote, in its order, without rows that have a label in
 * the file. Null if there is no such file yet. Errors: those of reading a file of grades; BAD_FEEDBACK without ids.
 */
export async function queueIds(file: string): Promise<string[] | null> {
  const ids = new Set<string>();
  try {
    for await (const rows of gradeRows(file)) {
      for (const { value, error, line } of rows) {
        if (error !== undefined) throw error;
        const fields = objectOf(value);
        const id = fields?.id;
        if (typeof id !== 'string' && typeof id !== 'number') {
          throw new VouchError('BAD_FEEDBACK', 'a row of the queue has no id', { file, line, field: 'id' });
        }
        if (isUngraded(fields?.label)) ids.add(withoutGuard(String(id)));
        if (ids.size >= MOST) return [...ids];
      }
    }
  } catch (error) {
    if (error instanceof VouchError && error.code === 'FILE_MISSING') return null;
    throw error;
  }
  return [...ids];
}
