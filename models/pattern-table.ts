import { groupsOfSignal, type PatternGroup, patternGroups } from '../features/pattern.js';
import { maxOf } from '../support/extremes.js';
import type { Graph } from './onnx/graph.js';

/** Groups of signals that can be missing as a whole; `free` never is. */
export const hideable = patternGroups.filter((group) => group !== 'free');

/**
 * Which predictor scores a row. It depends on which groups of signals have at least one number in the row: predictor 0,
 * unless the row's pattern has its own.
 */
export interface PatternTable {
  /** By hideable group: the columns of `features` that belong to the group. */
  columns: number[][];
  /** Predictor by code, code = Σ 2^g over the groups g with at least one number. */
  table: number[];
}

/** The table for `signals` (the graph's numeric inputs). Predictor k + 1 scores `patterns[k]`. */
export function patternTableOf(signals: readonly string[], patterns: readonly string[]): PatternTable {
  const columns = hideable.map((group) => signals.flatMap((name, j) => (soleGroup(name) === group ? [j] : [])));
  const table = Array.from({ length: 2 ** hideable.length }, (_, code) => patterns.indexOf(patternOfCode(code)) + 1);
  return { columns, table };
}

/** The patterns that have a predictor of their own, in the order of the predictors. */
export function patternsOf({ table }: PatternTable): string[] {
  const codes = Array.from({ length: maxOf(table) }, (_, k) => table.indexOf(k + 1));
  return codes.map(patternOfCode);
}

/** The predictor for one row of features. */
export function predictorNumber({ columns, table }: PatternTable, features: Float32Array): number {
  let code = 0;
  for (let g = 0; g < columns.length; g++) {
    for (const j of columns[g]) {
      if (!Number.isNaN(features[j])) {
        code += 1 << g;
        break;
      }
    }
  }
  return table[code];
}

/** Emits the choice of the predictor: features [n, d] → int64 [n, 1]. */
export function emitPredictorNumber(
  graph: Graph,
  { columns, table }: PatternTable,
  features: string,
  d: number,
): string {
  const groups = columns.length;
  const member = new Float32Array(d * groups);
  columns.forEach((list, g) => {
    for (const j of list) member[j * groups + g] = 1;
  });
  const recorded = graph.op('Cast', [graph.op('Not', [graph.op('IsNaN', [features])])], { to: 1 }); // [n, d]
  const counts = graph.op('MatMul', [recorded, graph.floats(member, [d, groups], 'groups')]); // [n, groups]
  const present = graph.op('Min', [counts, graph.scalar(1)]);
  const powers = columns.map((_, g) => 2 ** g);
  const code = graph.op('MatMul', [present, graph.floats(powers, [groups, 1])]); // [n, 1]
  const index = graph.op('Cast', [code], { to: 7 });
  return graph.op('Gather', [graph.ints(table, [table.length], 'routes'), index], { axis: 0 }); // [n, 1]
}

/** The group that must be recorded if this signal is; null if the signal needs several groups. */
function soleGroup(name: string): PatternGroup | null {
  const groups = groupsOfSignal(name);
  return groups.length === 1 ? groups[0] : null;
}

function patternOfCode(code: number): string {
  return ['free' as PatternGroup, ...hideable.filter((_, g) => (code >> g) & 1)].join('+');
}
