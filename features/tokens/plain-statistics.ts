import { fastExp } from './fast-exp.js';
import { Column, RANKS, SHARE_MOST } from './kernel-columns.js';

const LEAST = -30;

/** How the columns are laid out: n tokens with k alternatives, each column `stride` numbers long. */
interface Shape {
  n: number;
  k: number;
  stride: number;
}

/** Computes what assembly/kernel.ts computes, to the same bits, in plain code: for systems that refuse WebAssembly. */
export function plainStatistics(columns: Float64Array, sums: Float64Array, { n, k, stride }: Shape): void {
  for (let t = 0; t < n; t++) columns[Column.PROBABILITY * stride + t] = fastExp(columns[t]);
  if (k > 0) {
    sums.fill(0, SHARE_MOST, SHARE_MOST + RANKS);
    for (let t = 0; t < n; t++) {
      takeAlternatives(columns.subarray(t), sums, { k, stride });
      takeLogs(columns.subarray(t), { k, stride });
    }
  }
  for (let c = 0; c < (k > 0 ? SHARE_MOST : SHARE_MOST / 2); c++) {
    let sum = 0;
    for (let t = 0; t < n; t++) sum += columns[c * stride + t];
    sums[c] = sum;
  }
}

/** Sums over one token's alternatives. The token is the first entry of `columns`. */
function takeAlternatives(columns: Float64Array, sums: Float64Array, { k, stride }: Omit<Shape, 'n'>): void {
  let [mass, entropy, squares, ranked, surprisal] = [0, 0, 0, 0, 0];
  for (let r = 0; r < k; r++) {
    const x = columns[(Column.TOP + r) * stride];
    const p = fastExp(x);
    const share = -p * x;
    if (r < RANKS) {
      columns[(Column.SHARE + r) * stride] = share;
      if (share > sums[SHARE_MOST + r]) sums[SHARE_MOST + r] = share;
    }
    mass += p;
    surprisal -= x;
    entropy += share;
    squares += p * p;
    ranked += share * (r + 1);
  }
  const rest = mass < 1 ? 1 - mass : 0;
  columns[Column.REST * stride] = rest;
  columns[Column.ENTROPY * stride] = entropy;
  columns[Column.COLLISION * stride] = squares + rest * rest;
  columns[Column.RANKED * stride] = ranked;
  columns[Column.SURPRISAL * stride] = surprisal / k;
}

/** Entropy with the bucket for the remaining mass, Rényi entropy and margin of one token. */
function takeLogs(columns: Float64Array, { k, stride }: Omit<Shape, 'n'>): void {
  const rest = columns[Column.REST * stride];
  const logRest = rest > 0 ? Math.log(rest) : LEAST;
  const entropy = columns[Column.ENTROPY * stride] - rest * logRest;
  columns[Column.ENTROPY * stride] = entropy;
  columns[Column.BARE_ENTROPY * stride] = entropy + rest * logRest;
  const squares = columns[Column.COLLISION * stride];
  columns[Column.COLLISION * stride] = squares < 1 ? -Math.log(squares) : 0;
  const chosen = columns[0];
  const best = columns[Column.TOP * stride];
  const second = k > 1 ? columns[(Column.TOP + 1) * stride] : Math.max(logRest, LEAST);
  const isOutranked = chosen < best - 1e-5;
  columns[Column.MARGIN * stride] = chosen - (isOutranked ? best : second);
  columns[Column.OUTRANKED * stride] = isOutranked ? 1 : 0;
}
