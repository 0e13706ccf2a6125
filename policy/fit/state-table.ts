import { labelOf } from '../../data/label-of.js';
import type { Answer } from '../../data/token-list.js';
import { answersAt } from '../../scorer/policy/answers-at.js';
import type { Case } from '../../scorer/policy/case.js';
import type { Prices } from '../../scorer/policy/prices.js';
import { probabilityOf } from '../../scorer/policy/probability-of.js';
import { bestOf, onLine } from '../../scorer/policy/step.js';
import type { Scorer } from '../../scorer/scorer.js';
import { numbered } from '../../support/numbered.js';
import type { CaseTable, StateColumns } from '../table.js';
import type { StateRow } from './collect-rows.js';
import { type Line, stateLine } from './state-lines.js';

/** Probabilities of all answers that could be returned: by state, then by case. */
type Given = Map<string, number[][]>;

/** Rows with probabilities, gathered by state and case. */
export function gathered(rows: readonly StateRow[], p: Float64Array, cases: number): Given {
  const given: Given = new Map();
  rows.forEach(({ at, state, answer }, i) => {
    let byCase = given.get(state);
    if (byCase === undefined) given.set(state, (byCase = Array.from({ length: cases }, () => [])));
    byCase[at][answer] = p[i];
  });
  return given;
}

/** The scorer's probabilities of cases that it was not trained on. */
export async function scoredCases(
  scorer: Scorer,
  cases: readonly Case[],
  states: ReadonlyMap<string, readonly string[]>,
  prices: Prices,
): Promise<Given> {
  const given: Given = new Map();
  for (const [state, bought] of states) {
    const records = cases.map((each) => answersAt(each, new Set(bought), prices) as Answer[]);
    const scores = await scorer.scoreMany(records.flat());
    let next = 0;
    given.set(
      state,
      records.map((own) => own.map(() => probabilityOf(scores[next++]))),
    );
  }
  return given;
}

/** The lines of all states, fitted on out-of-fold probabilities. */
export function linesOf(given: Given, labels: LabelsAt, weight: Float64Array): Map<string, Line> {
  return new Map(
    [...given].map(([state, byCase]) => {
      const best = byCase.map(bestOf);
      const p = Float64Array.from(best, (b, i) => (b < 0 ? Number.NaN : byCase[i][b]));
      const y = Float64Array.from(best, (b, i) => labels(state)[i][Math.max(0, b)]);
      return [state, stateLine(p, y, weight)];
    }),
  );
}

/** What would be returned at each state, calibrated. `labels`: of the answers of each case, in the order of the stages. */
export function tableFrom(
  cases: readonly Case[],
  weight: Float64Array,
  { given, lines, labels }: { given: Given; lines: ReadonlyMap<string, Line>; labels: LabelsAt },
): CaseTable {
  const states = new Map<string, StateColumns>();
  for (const [state, byCase] of given) {
    const line = lines.get(state) ?? { a: 1, b: 0 };
    const p = new Float64Array(cases.length);
    const y = new Float64Array(cases.length);
    byCase.forEach((probabilities, i) => {
      const best = bestOf(probabilities);
      p[i] = best < 0 ? Number.NaN : onLine(line, probabilities[best]);
      y[i] = labels(state)[i][Math.max(0, best)];
    });
    states.set(state, { p, y });
  }
  const { index } = numbered(cases.map(({ group }) => group));
  return { n: cases.length, group: index, weight, states };
}

/** The labels of the answers that could be returned at a state, by case. */
type LabelsAt = (state: string) => number[][];

export function labelsOf(
  cases: readonly Case[],
  states: ReadonlyMap<string, readonly string[]>,
  { stages }: Pick<Prices, 'stages'>,
): LabelsAt {
  const value = (record: unknown) => labelOf(record as Answer)?.value ?? Number.NaN;
  const all = new Map(
    [...states].map(([state, bought]) => {
      const models = stages.filter(({ name, model }) => model !== undefined && bought.includes(name));
      return [
        state,
        cases.map(({ first, others }) => [value(first), ...models.map(({ name }) => value(others.get(name)))]),
      ];
    }),
  );
  return (state) => all.get(state)!;
}
