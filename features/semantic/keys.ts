/** Measures over samples that also need the tokens of the answer: `samples.KEY` and keys of the families below. */
const tokensToo = ['cocoa', 'cocoaSequence'] as const;

/** Keys over the answer's own samples. */
const samples = [
  ...(['agree', 'agreeMost', 'agreeLeast', 'among', 'contradicted'] as const),
  ...(['semanticSets', 'semanticEntropy', 'semanticEntropyByProbability'] as const),
  ...(['eigenvalueSum', 'degreeUncertainty', 'eccentricity', 'heatEntropy', 'maternEntropy'] as const),
  ...(['sentenceSar', 'semanticDensity'] as const),
] as const;

type Groups = readonly ('logprobs' | 'samples' | 'others')[];

/**
 * The groups of a pattern that a signal `similarities.NAME.KEY` or `entailments.NAME.KEY` needs besides `encoder`, by its
 * key. Keys that begin with `others` need answers of other models; keys that are not listed need nothing.
 */
const byKey = new Map<string, Groups>([
  ...tokensToo.map((key): [string, Groups] => [key, ['logprobs', 'samples']]),
  ...samples.map((key): [string, Groups] => [key, ['samples']]),
  ['between', ['samples', 'others']],
]);

/** The groups that a signal of an encoder needs besides `encoder`. `name` has no version. */
export function groupsBesides(name: string): Groups {
  const key = name.slice(name.lastIndexOf('.') + 1);
  return key.startsWith('others') ? ['others'] : (byKey.get(key) ?? []);
}

/** Whether a signal `samples.KEY` also needs the tokens of the answer. `name` has no version. */
export function needsTokensToo(name: string): boolean {
  return tokensToo.some((key) => name === `samples.${key}`);
}
