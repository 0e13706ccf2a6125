import type { Feature } from './feature.js';
import { alternativesSignals } from './sections/alternatives.js';
import { answerSignals } from './sections/answer.js';
import { choicesSignals } from './sections/choices.js';
import { contextSignals } from './sections/context.js';
import { questionSignals } from './sections/question.js';
import { reasoningSignals } from './sections/reasoning.js';
import { samplesSignals } from './sections/samples.js';
import { tokensSignals } from './sections/tokens.js';
import { verifiersSignals } from './sections/verifiers.js';

/**
 * All signals whose names are fixed, in order. dynamic.ts has those named by the data: the user's numbers, verifiers,
 * other models, encoders.
 */
export const features: readonly Feature[] = unique([
  ...answerSignals,
  ...questionSignals,
  ...contextSignals,
  ...reasoningSignals,
  ...tokensSignals,
  ...alternativesSignals,
  ...choicesSignals,
  ...samplesSignals,
  ...verifiersSignals,
]);

/** The signal of this name, ours or one of `own` (signals of plug-ins); undefined for an unknown name. */
export function featureNamed(name: string, own: readonly Feature[] = []): Feature | undefined {
  return byName.get(name) ?? own.find((feature) => feature.name === name);
}

/** All signals with fixed names, then those of plug-ins. */
export function featuresWith(own: readonly Feature[]): readonly Feature[] {
  return own.length === 0 ? features : [...features, ...own];
}

const byName = new Map(features.map((feature) => [feature.name, feature]));

function unique(list: Feature[]): Feature[] {
  const names = new Set<string>();
  for (const { name } of list) {
    if (names.has(name)) throw new Error(`two signals are named ${name}`);
    if (/^(verifiers|features|agreeWith|similarities|entailments|plugin)\./.test(name))
      throw new Error(`the name ${name} belongs to the users' own signals`);
    names.add(name);
  }
  return list;
}
