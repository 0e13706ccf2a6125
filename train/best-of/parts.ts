import type { Random } from '../../support/random.js';
import type { Split } from './fitted.js';

const FOLDS = 5;

/** Five splits by question: each holds out one fold of `rows` and trains on the others. */
export function foldSplits(group: Int32Array, rows: Int32Array, random: Random): Split[] {
  const place = new Map(shuffledGroups(group, rows, random).map((g, i) => [g, i % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => ({
    train: rows.filter((row) => place.get(group[row]) !== fold),
    held: rows.filter((row) => place.get(group[row]) === fold),
  }));
}

/** The rows whose questions fit, and those whose questions certify, drawn by question. */
export function fitAndCertify(
  group: Int32Array,
  rows: Int32Array,
  certifyShare: number,
  random: Random,
): { fit: Int32Array; certify: Int32Array } {
  const order = shuffledGroups(group, rows, random);
  const certifies = new Set(order.slice(0, Math.round(certifyShare * order.length)));
  return {
    fit: rows.filter((row) => !certifies.has(group[row])),
    certify: rows.filter((row) => certifies.has(group[row])),
  };
}

function shuffledGroups(group: Int32Array, rows: Int32Array, random: Random): number[] {
  return random.shuffle([...new Set(rows.map((row) => group[row]))]);
}
