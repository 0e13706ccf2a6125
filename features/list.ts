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

/** All signals with a name of their own, in order. The user's numbers, verifiers and other models by name are in dynamic.ts. */
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

/** The signal of a name; undefined where there is none. */
export function featureNamed(name: string): Feature | undefined {
  return byName.get(name);
}

const byName = new Map(features.map((feature) => [feature.name, feature]));

function unique(list: Feature[]): Feature[] {
  const names = new Set<string>();
  for (const { name } of list) {
    if (names.has(name)) throw new Error(`two signals are named ${name}`);
    if (/^(verifiers|features|agreeWith)\./.test(name))
      throw new Error(`the name ${name} belongs to the users' own signals`);
    names.add(name);
  }
  return list;
}
