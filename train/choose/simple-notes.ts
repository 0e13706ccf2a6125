import { CLEAR } from '../../report/small.js';
import { recipeWords } from '../../report/words.js';
import { thousands } from '../../support/words/thousands.js';
import { isSimple } from '../learn/list.js';
import type { FittedPredictor } from './fit-predictor.js';

/** Notes if the shipped predictor is a simple baseline, or is not clearly better than one; empty if it is. */
export function simpleNotes({
  learners,
  rival,
  signal,
}: Pick<FittedPredictor, 'learners' | 'rival' | 'signal'>): string[] {
  if (rival === null) return [];
  const { name, difference, standardError, groups } = rival;
  const of = (way: string) => {
    if (way === 'rate') return 'the base rate';
    return signal === null ? recipeWords(way) : `Platt scaling of ${signal}`;
  };
  const ships = learners.find(({ chosen }) => chosen)!.name;
  if (isSimple(ships)) {
    return [
      `The shipped predictor is only ${of(ships)}: on ${thousands(groups)} questions, no other learner was clearly better.`,
    ];
  }
  if (difference < -CLEAR * standardError) return [];
  return [
    `The shipped predictor (${recipeWords(ships)}) is not clearly better than a simple baseline, ${of(name)}: its ` +
      `out-of-fold log-loss differs by ${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(4)} ` +
      `± ${standardError.toFixed(4)} on ${thousands(groups)} questions. More labels or other signals may help.`,
  ];
}
