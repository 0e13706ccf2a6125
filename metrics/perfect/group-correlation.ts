import { groupRowsOf } from '../interval/group-rows.js';
import type { Table } from '../scored.js';
import { normalQuantile } from '../special/normal.js';
import { quickNormalCdf } from '../special/quick-normal.js';

/** Points at which the shared factor is integrated, ±6; number of halvings of [0, MOST]. */
const NODES = Array.from({ length: 41 }, (_, k) => (k - 20) * 0.3);
const HALVINGS = 16;
const MOST = 0.99;

/**
 * How strongly the labels of one question are correlated beyond their probabilities: the correlation ρ of the hidden
 * normals of a one-factor model, y_i = [√ρ a_q + √(1 − ρ) e_i < Φ⁻¹(p_i)]. ρ is chosen so that the expected products of
 * residuals within questions have the observed sum: Σ_q Σ_{i≠j} w_i w_j E[(y_i − p_i)(y_j − p_j)] = Σ_q Σ_{i≠j} w_i w_j
 * (y_i − p_i)(y_j − p_j). Raw residuals are used so that near-certain answers count only as much as their variance.
 * Each probability stays exact for any ρ. Range [0, .99]; 0 if every question has one answer or if residuals are
 * negatively correlated. `scale`: see `softness`. Source: Emrich & Piedmonte 1991 (correlated binaries from normals);
 * one factor as in Vasicek 1987; moments as Prentice 1988.
 */
export function groupCorrelation(table: Table, scale = 1): number {
  const { probability, label, weight, groups } = table;
  const { order, start } = groupRowsOf(table);
  const hidden = probability.map(normalQuantile);
  const chance = probability.slice();
  const products = (value: Float64Array) => {
    let sum = 0;
    for (let q = 0; q < groups; q++) {
      if (start[q + 1] - start[q] < 2) continue;
      let all = 0;
      let own = 0;
      for (let k = start[q]; k < start[q + 1]; k++) {
        const residual = weight[order[k]] * (value[order[k]] - probability[order[k]]);
        all += residual;
        own += residual * residual;
      }
      sum += all * all - own;
    }
    return sum;
  };
  const seen = products(label) / scale ** 2;
  if (!(seen > 0)) return 0;
  const density = NODES.map((a) => Math.exp((-a * a) / 2));
  const mass = density.reduce((sum, d) => sum + d, 0);
  const expected = (rho: number) =>
    NODES.reduce((sum, a, k) => {
      for (let i = 0; i < chance.length; i++) chance[i] = chanceGiven(hidden[i], a, rho);
      return sum + (density[k] / mass) * products(chance);
    }, 0);
  let low = 0;
  let high = MOST;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (expected(middle) < seen) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Probability of a right answer given the factor `a` of its question: Φ((Φ⁻¹(p) − √ρ a) / √(1 − ρ)). `hidden` is
 * Φ⁻¹(p).
 */
export function chanceGiven(hidden: number, a: number, rho: number): number {
  return quickNormalCdf((hidden - Math.sqrt(rho) * a) / Math.sqrt(1 - rho));
}

/**
 * How much less soft labels vary around their probabilities than hard labels would: √(Σ w (y − p)² / Σ w p (1 − p)), at
 * most 1, and 1 if every label is hard.
 */
export function softness({ n, probability, label, weight }: Table): number {
  if (label.every((y) => y === 0 || y === 1)) return 1;
  let seen = 0;
  let hard = 0;
  for (let i = 0; i < n; i++) {
    seen += weight[i] * (label[i] - probability[i]) ** 2;
    hard += weight[i] * probability[i] * (1 - probability[i]);
  }
  return Math.min(1, Math.sqrt(seen / hard));
}
