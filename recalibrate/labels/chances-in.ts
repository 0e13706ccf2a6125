import { columnIn, valueIn } from '../../data/grades/grade-columns.js';
import { withoutGuard } from '../../data/grades/grade-key.js';
import { gradeRows } from '../../data/grades/grade-rows.js';
import { objectOf } from '../../data/read/table/fields.js';
import { VouchError } from '../../support/errors.js';

/**
 * The chance with which each answer of a file of labels was drawn, by id: 1 / the column `standsFor` if there is one,
 * else the column `chance`. `vouch monitor --queue` writes both. Null if the file has neither. Error: BAD_LABEL for a
 * chance that is not above 0 and at most 1.
 */
export async function chancesIn(file: string): Promise<Map<string, number> | null> {
  const chances = new Map<string, number>();
  let isQueue = false;
  for await (const rows of gradeRows(file)) {
    for (const { line, value } of rows) {
      const fields = objectOf(value);
      if (fields === null || columnIn(fields, 'chance') === undefined) continue;
      isQueue = true;
      const id = valueIn(fields, 'id');
      const [chance, standsFor] = ['chance', 'standsFor'].map((name) => numberIn(valueIn(fields, name)));
      if (id == null || id === '' || chance === null) continue; // a label without a chance is feedback
      const found = standsFor === null ? chance : 1 / standsFor;
      if (!(found > 0 && chance > 0 && chance <= 1)) {
        throw new VouchError('BAD_LABEL', 'this is not a chance', {
          ...{ file, line, field: 'chance', expected: 'above 0, at most 1', got: valueIn(fields, 'chance') },
        });
      }
      chances.set(withoutGuard(String(id)), found);
    }
  }
  return isQueue ? chances : null;
}

function numberIn(value: unknown): number | null {
  if (value == null || value === '') return null;
  const number = Number(typeof value === 'string' ? value.trim().replace(/^(\d*),(\d+)$/, '$1.$2') : value);
  return Number.isNaN(number) ? -1 : number;
}
