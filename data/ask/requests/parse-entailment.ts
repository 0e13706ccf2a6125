import type { Entailed } from '../../entailment/plan.js';
import type { Token } from '../../record.js';
import { massBy, withChosen } from './option-mass.js';

const LABELS = ['entailment', 'contradiction', 'neutral'] as const;
type Label = (typeof LABELS)[number];

/** Least probability of the labels together; below it, they are noise in the tail. */
const LEAST = 0.01;

/**
 * P(label) = p(tokens that begin the label) / p(tokens that begin any label), over the alternatives of the first token
 * where these have together 1% or more. Undefined if there is no such token, or no alternatives were recorded.
 */
export function entailmentMass(tokens: readonly Token[]): Entailed | undefined {
  for (const token of tokens) {
    if (token.top == null || token.top.length === 0) continue;
    const mass = massBy(withChosen(token), (text) => labelBegunBy(text.replace(/[^a-z]/gi, '')));
    const of = (label: Label) => mass.get(label) ?? 0;
    const total = of('entailment') + of('contradiction') + of('neutral');
    if (total < LEAST) continue;
    const share = (label: Label) => Number((of(label) / total).toPrecision(6));
    return { entails: share('entailment'), contradicts: share('contradiction') };
  }
  return undefined;
}

/** The first label in a reply, as 0 and 1. Undefined if there is none, or if it is negated. */
export function parseEntailment(text: string): Entailed | undefined {
  let negated = false;
  for (const word of text.toLowerCase().match(/[a-z']+/g) ?? []) {
    const label = labelOf(word);
    if (label !== undefined) {
      if (negated) return undefined;
      return { entails: Number(label === 'entailment'), contradicts: Number(label === 'contradiction') };
    }
    negated ||= /^(?:no|not|neither|never|cannot)$|n't$/.test(word);
  }
  return undefined;
}

/** entailment, entails, entailed, …, each by its stem. */
function labelOf(word: string): Label | undefined {
  if (word.startsWith('entail')) return 'entailment';
  if (word.startsWith('contradict')) return 'contradiction';
  return word.startsWith('neutral') ? 'neutral' : undefined;
}

/** The label that a token begins: two letters at least, because single letters begin other words, too. */
function labelBegunBy(token: string): Label | undefined {
  const lower = token.toLowerCase();
  return lower.length < 2 ? undefined : (LABELS.find((label) => label.startsWith(lower)) ?? labelOf(lower));
}
