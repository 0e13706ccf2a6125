import { type ClaimState, closed, startClaim, type Terms, withQuestion } from './claim-state.js';
import { withUndrawn } from './tally.js';
import { missingOf, type Unit } from './unit.js';

/**
 * A claim's closed questions as a state, and the open ones as they are: those that wait for a label, and all that came
 * after the first of them, because the order of the answers matters.
 */
export interface Ledger {
  closed: ClaimState;
  open: Unit[];
}

export function startLedger(terms: Pick<Terms, 'stakes'>): Ledger {
  return { closed: startClaim(terms), open: [] };
}

/** Adds the questions of one run: those drawn, and the expected errors of those not drawn. */
export function withRun({ closed: state, open }: Ledger, drawn: readonly Unit[], undrawn: readonly number[]): Ledger {
  return { closed: { ...state, tally: withUndrawn(state.tally, undrawn) }, open: [...open, ...drawn] };
}

/** Writes labels, by the id of the answer, into open questions. A label that has arrived stays as it is. */
export function withLabels({ closed: state, open }: Ledger, labelOf: (id: string) => number | undefined): Ledger {
  const filled = open.map((unit) => ({
    ...unit,
    draws: unit.draws.map((draw) => ({ ...draw, label: draw.label ?? labelOf(draw.id) ?? null })),
  }));
  return { closed: state, open: filled };
}

/** Closes questions from the oldest on, up to the first that still waits for a label and is not due at `now`. */
export function settled({ closed: start, open }: Ledger, now: number, terms: Terms): Ledger {
  let state = start;
  let k = 0;
  for (; k < open.length && (missingOf(open[k]) === 0 || open[k].due <= now); k++) {
    state = closed(withQuestion(state, open[k], terms), open[k]);
  }
  return { closed: state, open: open.slice(k) };
}

/** Number of labels that have arrived. */
export function labelsIn({ closed: { tally }, open }: Ledger): number {
  return open.reduce((sum, unit) => sum + unit.draws.length - missingOf(unit), tally.labels);
}

/** The state as if all open questions were closed now. */
export function stateNow({ closed: state, open }: Ledger, terms: Terms): ClaimState {
  return open.reduce((before, unit) => withQuestion(before, unit, terms), state);
}
