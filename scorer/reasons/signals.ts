import { families } from '../../features/families.js';
import { plainName } from '../../features/row.js';
import type { SignalSchema } from '../../features/schema.js';
import { append } from '../../support/append.js';

/** What reasons may name: each numeric signal with its log and logit twins, each category, the words of the text channel. */
export interface Signals {
  names: string[];
  /** Signal of each numeric column, of each category, and of the words. */
  ofColumn: Int32Array;
  ofCategory: Int32Array;
  words: number;
  /** Numeric column whose value is told with a signal: the one without log or logit where there is one. By signal, numeric ones only. */
  shown: Int32Array;
}

export function signalsOf({ numeric, categorical }: SignalSchema): Signals {
  const ofColumn = new Int32Array(numeric.length);
  const shown: number[] = [];
  const names: string[] = [];
  for (const [name, columns] of families(numeric)) {
    for (const column of columns) ofColumn[column] = names.length;
    const plain = columns.find((column) => plainName(numeric[column]) === name) ?? columns[0];
    shown.push(plain);
    names.push(plainName(numeric[plain]));
  }
  const ofCategory = Int32Array.from(categorical.keys(), (k) => names.length + k);
  append(names, [...categorical.map(({ name }) => name), 'words']);
  return { names, ofColumn, ofCategory, words: names.length - 1, shown: Int32Array.from(shown) };
}
