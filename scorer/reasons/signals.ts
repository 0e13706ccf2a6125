import { families } from '../../features/families.js';
import { plainName } from '../../features/row.js';
import type { SignalSchema } from '../../features/schema.js';
import { EMBEDDINGS } from '../../features/vectors/embeddings.js';
import { append } from '../../support/append.js';

/**
 * What reasons may name: each numeric signal (including its log and logit twins), each category, the words of the text
 * channel, and the vectors of the embedding channel.
 */
export interface Signals {
  names: string[];
  /** The signal of each numeric column, of each category, of the words, and of the embeddings. */
  ofColumn: Int32Array;
  ofCategory: Int32Array;
  words: number;
  embeddings: number;
  /** By numeric signal: the column whose value is shown with it. It is the one without log or logit if there is one. */
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
  append(names, [...categorical.map(({ name }) => name), 'words', EMBEDDINGS]);
  const [words, embeddings] = [names.length - 2, names.length - 1];
  return { names, ofColumn, ofCategory, words, embeddings, shown: Int32Array.from(shown) };
}
