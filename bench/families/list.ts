import { matrixOf } from '../../train/prepare/matrix.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

/** Signals whose names match a pattern; `embeddings` stands for the channel that reads the vectors. */
export interface Family {
  name: string;
  pattern: RegExp;
}

const EMBEDDINGS = 'embeddings';

/** The families of signals of meaning. */
export const knownFamilies: readonly Family[] = [
  {
    name: 'meaning of samples, by words',
    pattern: /^(samples|others)\.(semantic|eigenvalue|degree|eccentricity|heat|matern|sentenceSar|cocoa|agreeSamples)/,
  },
  { name: 'cosines of an encoder', pattern: /^similarities\./ },
  { name: 'entailment', pattern: /^entailments\./ },
  { name: 'embeddings, learned projection', pattern: new RegExp(`^${EMBEDDINGS}`) },
  { name: 'verifiers', pattern: /^(verifiers|panel|stated)/ },
  { name: 'all samples', pattern: /^(samples|others|agreeWith)\./ },
];

/** Whether the embedding channel belongs to a family. */
export function isOfVectors({ pattern }: Family): boolean {
  return pattern.test(EMBEDDINGS);
}

/** The families that vary in these answers, with the number of their signals. */
export function familiesIn(data: TrainingData, families: readonly Family[]): (Family & { count: number })[] {
  const rows = Int32Array.from({ length: data.n }, (_, row) => row);
  return families.flatMap((family) => {
    const { numeric, embeddings = [] } = matrixOf(only(data, family), rows).schema;
    const count = numeric.length + embeddings.length;
    return count === 0 ? [] : [{ ...family, count }];
  });
}

/** The data with the signals of a family, and nothing else. */
export function only(data: TrainingData, family: Family): TrainingData {
  const { signals } = data;
  const { pattern } = family;
  return {
    ...data,
    words: null,
    signals: {
      ...signals,
      names: signals.names.filter((name) => pattern.test(name)),
      categories: new Map(),
      vectors: isOfVectors(family) ? signals.vectors : null,
    },
  };
}

/** The data without the signals of a family. */
export function without(data: TrainingData, family: Family): TrainingData {
  const { signals } = data;
  const { pattern } = family;
  return {
    ...data,
    signals: {
      ...signals,
      names: signals.names.filter((name) => !pattern.test(name)),
      vectors: isOfVectors(family) ? null : signals.vectors,
    },
  };
}
