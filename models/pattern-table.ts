import { groupOfSignal, groupsOfSignal, type PatternGroup, patternGroups } from '../features/pattern.js';
import { EMBEDDINGS } from '../features/vectors/embeddings.js';
import { maxOf } from '../support/extremes.js';
import type { Graph } from './onnx/graph.js';

/** Groups of signals that can be missing as a whole; `free` never is. */
export const hideable = patternGroups.filter((group) => group !== 'free');

/** The place of the group that embeddings belong to. */
const ENCODER = patternGroups.indexOf(groupOfSignal(EMBEDDINGS)) - 1;

/**
 * Which predictor scores a row. It depends on which groups of signals have at least one number in the row (a vector
 * belongs to the group `encoder`): predictor 0, unless the row's pattern has its own.
 */
interface PatternTable {
  /** By hideable group: the columns of `features` that only have a number where the group is recorded. */
  columns: number[][];
  /** Predictor by code, code = Σ 2^g over the groups g with at least one number. */
  table: number[];
}

/** The table for `signals` (the graph's numeric inputs). Predictor k + 1 scores `patterns[k]`. */
export function patternTableOf(signals: readonly string[], patterns: readonly string[]): PatternTable {
  const columns = hideable.map((group) =>
    signals.flatMap((name, j) => (groupsOfSignal(name).includes(group) ? [j] : [])),
  );
  const table = Array.from({ length: 2 ** hideable.length }, (_, code) => patterns.indexOf(patternOfCode(code)) + 1);
  return { columns, table };
}

/** The patterns that have a predictor of their own, in the order of the predictors. */
export function patternsOf({ table }: PatternTable): string[] {
  const codes = Array.from({ length: maxOf(table) }, (_, k) => table.indexOf(k + 1));
  return codes.map(patternOfCode);
}

/** The predictor for one row of features; `hasVector`: whether the row has any of the embeddings that the model reads. */
export function predictorNumber({ columns, table }: PatternTable, features: Float32Array, hasVector = false): number {
  let code = 0;
  for (let g = 0; g < columns.length; g++) {
    for (const j of columns[g]) {
      if (!Number.isNaN(features[j])) {
        code |= 1 << g;
        break;
      }
    }
  }
  if (hasVector) code |= 1 << ENCODER;
  return table[code];
}

/**
 * Emits the choice of the predictor: features [n, d] → int64 [n, 1]. `vectors` [n, 1]: how many of the embeddings that
 * the model reads each row has.
 */
export function emitPredictorNumber(
  graph: Graph,
  { columns, table }: PatternTable,
  features: string,
  d: number,
  vectors?: string,
): string {
  const groups = columns.length;
  const member = new Float32Array(d * groups);
  columns.forEach((list, g) => {
    for (const j of list) member[j * groups + g] = 1;
  });
  const recorded = graph.op('Cast', [graph.op('Not', [graph.op('IsNaN', [features])])], { to: 1 }); // [n, d]
  const counts = graph.op('MatMul', [recorded, graph.floats(member, [d, groups], 'groups')]); // [n, groups]
  const inEncoder = columns.map((_, g) => (g === ENCODER ? 1 : 0));
  const all =
    vectors === undefined
      ? counts
      : graph.op('Add', [counts, graph.op('MatMul', [vectors, graph.floats(inEncoder, [1, groups])])]);
  const present = graph.op('Min', [all, graph.scalar(1)]);
  const powers = columns.map((_, g) => 2 ** g);
  const code = graph.op('MatMul', [present, graph.floats(powers, [groups, 1])]); // [n, 1]
  const index = graph.op('Cast', [code], { to: 7 });
  return graph.op('Gather', [graph.ints(table, [table.length], 'routes'), index], { axis: 0 }); // [n, 1]
}

function patternOfCode(code: number): string {
  return ['free' as PatternGroup, ...hideable.filter((_, g) => (code >> g) & 1)].join('+');
}
