import type { AnswerScore } from '../scorer.js';

const FORM = /^policy\((.*)\)$/;

/** The basis of a stored decision of a policy: the stages that were bought, in order. `policy()`: none. */
export function storedBasis(bought: readonly string[]): AnswerScore['basis'] {
  return `policy(${bought.join(',')})` as AnswerScore['basis'];
}

/** The stages in such a basis; null if the decision was not one of a policy. */
export function boughtIn(basis: string | null): string[] | null {
  const inside = basis === null ? null : FORM.exec(basis);
  if (inside === null) return null;
  return inside[1] === '' ? [] : inside[1].split(',');
}
