import { countOf, type Trees } from './trees.js';

/** What each column adds to a row's logit: `base` + Σ contributions = the logit, up to rounding. */
interface Contributions {
  /** Mean logit over the rows that the trees were fitted on, weighted by their covers. */
  base: number;
  /** Adds the row's contributions to `into` [width], in logits. */
  add(row: Float32Array, into: Float64Array): void;
}

/**
 * Exact path-dependent Shapley values. In the game of a tree, levels whose column is known follow the row's answer; the
 * other levels take the mean of both sides, weighted by their covers. A tree's output depends on the row only through
 * its leaf. So the values of every leaf are computed once, and a row costs T·depth look-ups. Source: Lundberg et al.
 * 2020 (TreeSHAP), alg. 1. Cost of preparing: T·(3^depth + depth·4^depth).
 */
export function contributionsOf(trees: Trees): Contributions {
  const { depth, columns, thresholds, bias } = trees;
  const size = 1 << depth;
  const count = countOf(trees);
  const table = new Float32Array(count * size * depth);
  let base = bias;
  for (let t = 0; t < count; t++) {
    const values = expectations(trees, t);
    base += values[values.length - 1];
    const asked = columns.subarray(t * depth, (t + 1) * depth);
    shapley(asked, values, table.subarray(t * size * depth, (t + 1) * size * depth));
  }
  return {
    base,
    add: (row, into) => {
      for (let t = 0; t < count; t++) {
        let leaf = 0;
        for (let l = 0; l < depth; l++) if (row[columns[t * depth + l]] > thresholds[t * depth + l]) leaf += 1 << l;
        const at = (t * size + leaf) * depth;
        for (let l = 0; l < depth; l++) into[columns[t * depth + l]] += table[at + l];
      }
    },
  };
}

/**
 * Expected value of tree t for every state of its levels (0 no, 1 yes, 2 unknown). The state of level l is the digit
 * worth 3^l. Levels are averaged from the deepest up; where no training row was, both sides have the same weight.
 */
function expectations({ depth, leaves, covers }: Trees, t: number): Float64Array {
  let values = Float64Array.from(leaves.subarray(t << depth, (t + 1) << depth));
  let cover = Float64Array.from(covers.subarray(t << depth, (t + 1) << depth));
  let states = 1;
  for (let half = 1 << (depth - 1); half >= 1; half >>= 1) {
    const next = new Float64Array(3 * states * half);
    for (let s = 0; s < states; s++) {
      for (let p = 0; p < half; p++) {
        const no = values[s * 2 * half + p];
        const yes = values[s * 2 * half + half + p];
        const all = cover[p] + cover[half + p];
        next[3 * s * half + p] = no;
        next[(3 * s + 1) * half + p] = yes;
        next[(3 * s + 2) * half + p] = all > 0 ? (cover[p] * no + cover[half + p] * yes) / all : (no + yes) / 2;
      }
    }
    cover = Float64Array.from({ length: half }, (_, p) => cover[p] + cover[half + p]);
    values = next;
    states *= 3;
  }
  return values;
}

/**
 * Shapley values of each leaf of a tree, [2^depth, depth]. If a tree asks about a column twice, the first of these
 * levels has the column's whole value.
 */
function shapley(asked: Int32Array, values: Float64Array, into: Float32Array): void {
  const depth = asked.length;
  const firsts = [...asked.keys()].filter((l) => asked.indexOf(asked[l]) === l);
  const levels = firsts.map((f) => [...asked.keys()].filter((l) => asked[l] === asked[f])); // levels by player
  const players = firsts.length;
  const share = sharesOf(players);
  const worth = new Float64Array(1 << players);
  for (let leaf = 0; leaf < 1 << depth; leaf++) {
    const known = levels.map((own) => own.reduce((sum, l) => sum + (2 - ((leaf >> l) & 1)) * 3 ** l, 0));
    for (let set = 0; set < worth.length; set++) {
      let state = values.length - 1; // all unknown
      for (let p = 0; p < players; p++) if (set & (1 << p)) state -= known[p];
      worth[set] = values[state];
    }
    for (let set = 0; set < worth.length; set++) {
      for (let p = 0; p < players; p++) {
        if (set & (1 << p)) continue;
        into[leaf * depth + firsts[p]] += share[bitsOf(set)] * (worth[set | (1 << p)] - worth[set]);
      }
    }
  }
}

/** |S|!·(m − |S| − 1)!/m! for |S| = 0…m − 1: the weight of a player's gain when it joins S. */
function sharesOf(m: number): number[] {
  const shares = [1 / m];
  for (let s = 1; s < m; s++) shares.push((shares[s - 1] * s) / (m - s));
  return shares;
}

function bitsOf(set: number): number {
  let bits = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) bits++;
  return bits;
}
