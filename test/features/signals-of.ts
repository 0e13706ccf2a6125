import type { AnswerRecord } from '../../data/record.js';
import { features } from '../../features/list.js';
import { type RowMaker, rowMaker } from '../../features/row.js';

/** All listed signals of a record by name. */
export function signalsOf(record: Partial<AnswerRecord>, topK = 2): Record<string, number> {
  return makerOf(topK).signals({ id: 'r', answer: '', ...record } as AnswerRecord);
}

const makers = new Map<number, RowMaker>();

function makerOf(topK: number): RowMaker {
  let maker = makers.get(topK);
  if (maker === undefined) {
    const numeric = features.map(({ name, version }) => `${name}@${version}`);
    makers.set(topK, (maker = rowMaker({ topK, numeric, categorical: [] })));
  }
  return maker;
}
