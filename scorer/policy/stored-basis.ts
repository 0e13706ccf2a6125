import type { AnswerScore } from '../scorer.js';

const FORM = /^policy\((.*)\)$/;

/** Stands after a stage that failed. No name of a stage has it. */
const FAILED = '!';

/**
 * The basis of a stored decision of a policy: the stages that were bought, in order. `policy()`: none. A stage that
 * failed was paid for too, because its request was sent. It is the last one: `policy(nli,large!)`.
 */
export function storedBasis(bought: readonly string[], failed: string | null = null): AnswerScore['basis'] {
  const all = failed === null ? bought : [...bought, `${failed}${FAILED}`];
  return `policy(${all.join(',')})` as AnswerScore['basis'];
}

/** The stages in such a basis that arrived, on which the decision rests; null if it was not one of a policy. */
export function boughtIn(basis: string | null): string[] | null {
  return stagesIn(basis)?.filter((stage) => !stage.endsWith(FAILED)) ?? null;
}

/** All stages in such a basis that were paid for, a failed one last; null if the decision was not one of a policy. */
export function spentIn(basis: string | null): string[] | null {
  return stagesIn(basis)?.map((stage) => (stage.endsWith(FAILED) ? stage.slice(0, -FAILED.length) : stage)) ?? null;
}

function stagesIn(basis: string | null): string[] | null {
  const inside = basis === null ? null : FORM.exec(basis);
  if (inside === null) return null;
  return inside[1] === '' ? [] : inside[1].split(',');
}
