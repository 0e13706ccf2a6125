import { CLEAR } from '../../report/small.js';
import { recipeWords } from '../../report/words.js';
import { isSimple } from '../learn/learner.js';
import type { FittedPredictor } from './fit-predictor.js';

/** Says where what ships is a simple way, or is not clearly better than one; nothing where it is. */
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
    return [`What ships is no more than ${of(ships)}: on ${groups} questions nothing else was clearly better.`];
  }
  if (difference < -CLEAR * standardError) return [];
  return [
    `What ships (${recipeWords(ships)}) is not clearly better than a simple way, ${of(name)}: log-loss ${difference < 0 ? '−' : '+'}${Math.abs(difference).toFixed(4)} ± ${standardError.toFixed(4)} out of fold on ${groups} questions. More labels or other signals may tell.`,
  ];
}
