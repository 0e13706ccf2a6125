import type { ColumnTable } from 'arquero';
import type { Answer } from '../../data/token-list.js';
import { commonTopK } from '../../features/collect.js';
import { TableBuilder } from '../../features/table.js';

/** Options for a table of signals. `topK` is by default the most common one among the records. */
interface TableOptions {
  topK?: number;
  groupBy?: string;
}

/** The signals of records as one arquero table. */
export function tableOf(records: readonly Answer[], { topK, groupBy }: TableOptions = {}): ColumnTable {
  const builder = new TableBuilder(topK ?? commonTopK(records), groupBy);
  for (const record of records) builder.add(record);
  return builder.finish();
}
