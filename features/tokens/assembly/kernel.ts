// AssemblyScript. support/wasm/build.mjs compiles it into features/tokens/kernel-bytes.ts. It handles two tokens at a
// time, in two
// float64 lanes. Each lane does its operations in the order of plain code, so that the bits are the same.

/** Address of e^(m/16) for m = 0, −1, …, −480, which the caller writes. */
const TABLE: usize = 0;
/** Address of the sums of the columns, float64 each, and of the greatest −p ln p of each rank. */
const SUMS: usize = 4096;
const RANK_MOST: usize = SUMS + 16 * 8;
const RANKS: i32 = 5;
/** Columns, in the order of `Column` in kernel-columns.ts. Column 0 has the log-probabilities of the chosen tokens. */
const PROBABILITY: usize = 1;
const ENTROPY: usize = 2;
const MARGIN: usize = 3;
const BARE: usize = 4;
const COLLISION: usize = 5;
const REST: usize = 6;
const RANKED: usize = 7;
const SURPRISAL: usize = 8;
const OUTRANKED: usize = 9;
const SHARES: usize = 10;
/** The column of the best alternative is also summed. */
const ALTERNATIVES: usize = 15;
const LEAST: f64 = -30;

/** exp of two numbers in [−30, 0], computed as in fast-exp.ts. */
@inline
function exp(x: v128): v128 {
  const m = f64x2.trunc(f64x2.sub(f64x2.splat(0.5), f64x2.mul(x, f64x2.splat(16))));
  const r = f64x2.add(x, f64x2.mul(m, f64x2.splat(0.0625)));
  const place = f64x2.add(m, f64x2.splat(4503599627370496)); // m in the low bits
  const first = TABLE + (<usize>i32x4.extract_lane(place, 0) << 3);
  const second = TABLE + (<usize>i32x4.extract_lane(place, 2) << 3);
  const one = f64x2.splat(1);
  let p = f64x2.splat(1.0 / 720.0);
  p = f64x2.add(f64x2.splat(1.0 / 120.0), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1.0 / 24.0), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(1.0 / 6.0), f64x2.mul(r, p));
  p = f64x2.add(f64x2.splat(0.5), f64x2.mul(r, p));
  p = f64x2.add(one, f64x2.mul(r, p));
  p = f64x2.add(one, f64x2.mul(r, p));
  return f64x2.mul(v128.load64_lane(second, v128.load64_zero(first), 1), p);
}

/** Natural log of two normal numbers > 0: fdlibm's e_log, which is also what Math.log uses, without branches. */
@inline
function log(x: v128): v128 {
  const high = i64x2.shr_u(x, 32);
  const mantissa = v128.and(high, i64x2.splat(0xfffff));
  const i = v128.and(i64x2.add(mantissa, i64x2.splat(0x95f64)), i64x2.splat(0x100000));
  const exponent = i64x2.add(i64x2.shr_u(high, 20), i64x2.shr_u(i, 20));
  const k = f64x2.sub(v128.or(exponent, f64x2.splat(4503599627370496)), f64x2.splat(4503599627370496 + 1023));
  const top = i64x2.shl(v128.or(mantissa, v128.xor(i, i64x2.splat(0x3ff00000))), 32);
  const f = f64x2.sub(v128.or(top, v128.and(x, i64x2.splat(0xffffffff))), f64x2.splat(1));
  const high1 = f64x2.mul(k, f64x2.splat(6.93147180369123816490e-1));
  const low1 = f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10));
  // |f| < 2^-20
  const near = f64x2.mul(
    f64x2.mul(f, f),
    f64x2.sub(f64x2.splat(0.5), f64x2.mul(f64x2.splat(0.33333333333333333), f)),
  );
  const nearLog = f64x2.sub(high1, f64x2.sub(f64x2.sub(near, low1), f));
  const isNear = i64x2.lt_s(
    v128.and(i64x2.add(mantissa, i64x2.splat(2)), i64x2.splat(0xfffff)),
    i64x2.splat(3),
  );
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let even = f64x2.mul(w, f64x2.splat(1.531383769920937332e-1));
  even = f64x2.mul(w, f64x2.add(f64x2.splat(2.222219843214978396e-1), even));
  even = f64x2.mul(w, f64x2.add(f64x2.splat(3.999999999940941908e-1), even));
  let odd = f64x2.mul(w, f64x2.splat(1.479819860511658591e-1));
  odd = f64x2.mul(w, f64x2.add(f64x2.splat(1.818357216161805012e-1), odd));
  odd = f64x2.mul(w, f64x2.add(f64x2.splat(2.857142874366239149e-1), odd));
  odd = f64x2.mul(z, f64x2.add(f64x2.splat(6.666666666666735130e-1), odd));
  const rest = f64x2.add(odd, even);
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const inner = f64x2.add(f64x2.mul(s, f64x2.add(half, rest)), low1);
  const middle = f64x2.sub(high1, f64x2.sub(f64x2.sub(half, inner), f));
  const outer = f64x2.sub(f64x2.mul(s, f64x2.sub(f, rest)), low1);
  const edge = f64x2.sub(high1, f64x2.sub(outer, f));
  const sides = v128.or(i64x2.sub(mantissa, i64x2.splat(0x6147a)), i64x2.sub(i64x2.splat(0x6b851), mantissa));
  const plain = v128.bitselect(middle, edge, i64x2.gt_s(sides, i64x2.splat(0)));
  return v128.bitselect(nearLog, plain, isNear);
}

/** Sums over each token's alternatives, written to the token's place in the columns. One exp per alternative. */
@inline
function takeAlternatives(n: i32, k: i32, columns: usize, column: usize): void {
  let most0 = f64x2.splat(0);
  let most1 = f64x2.splat(0);
  let most2 = f64x2.splat(0);
  let most3 = f64x2.splat(0);
  let most4 = f64x2.splat(0);
  for (let t = 0; t < n; t += 2) {
    const to = columns + (<usize>t << 3);
    let from = to + ALTERNATIVES * column;
    let mass = f64x2.splat(0);
    let entropy = f64x2.splat(0);
    let squares = f64x2.splat(0);
    let ranked = f64x2.splat(0);
    let surprisal = f64x2.splat(0);
    for (let r = 0; r < k; r++) {
      const x = v128.load(from);
      from += column;
      const p = exp(x);
      const share = f64x2.mul(f64x2.neg(p), x);
      if (r < RANKS) {
        v128.store(to + (SHARES + <usize>r) * column, share);
        if (r == 0) most0 = f64x2.pmax(most0, share);
        else if (r == 1) most1 = f64x2.pmax(most1, share);
        else if (r == 2) most2 = f64x2.pmax(most2, share);
        else if (r == 3) most3 = f64x2.pmax(most3, share);
        else most4 = f64x2.pmax(most4, share);
      }
      mass = f64x2.add(mass, p);
      surprisal = f64x2.sub(surprisal, x);
      entropy = f64x2.add(entropy, share);
      squares = f64x2.add(squares, f64x2.mul(p, p));
      ranked = f64x2.add(ranked, f64x2.mul(share, f64x2.splat(<f64>(r + 1))));
    }
    const rest = v128.and(f64x2.sub(f64x2.splat(1), mass), f64x2.lt(mass, f64x2.splat(1)));
    v128.store(to + REST * column, rest);
    v128.store(to + ENTROPY * column, entropy);
    v128.store(to + COLLISION * column, f64x2.add(squares, f64x2.mul(rest, rest)));
    v128.store(to + RANKED * column, ranked);
    v128.store(to + SURPRISAL * column, f64x2.div(surprisal, f64x2.splat(<f64>k)));
  }
  store<f64>(RANK_MOST, greater(most0));
  store<f64>(RANK_MOST, greater(most1), 8);
  store<f64>(RANK_MOST, greater(most2), 16);
  store<f64>(RANK_MOST, greater(most3), 24);
  store<f64>(RANK_MOST, greater(most4), 32);
}

@inline
function greater(pair: v128): f64 {
  return max<f64>(f64x2.extract_lane(pair, 0), f64x2.extract_lane(pair, 1));
}

/** Entropy with the bucket for the remaining mass, Rényi entropy, margin. Two logs per token. */
@inline
function takeLogs(n: i32, k: i32, columns: usize, column: usize): void {
  for (let t = 0; t < n; t += 2) {
    const to = columns + (<usize>t << 3);
    const rest = v128.load(to + REST * column);
    const logRest = v128.bitselect(log(rest), f64x2.splat(LEAST), f64x2.gt(rest, f64x2.splat(0)));
    const restShare = f64x2.mul(rest, logRest);
    const entropy = f64x2.sub(v128.load(to + ENTROPY * column), restShare);
    v128.store(to + ENTROPY * column, entropy);
    v128.store(to + BARE * column, f64x2.add(entropy, restShare));
    const squares = v128.load(to + COLLISION * column);
    v128.store(to + COLLISION * column, v128.and(f64x2.neg(log(squares)), f64x2.lt(squares, f64x2.splat(1))));
    const chosen = v128.load(to);
    const best = v128.load(to + ALTERNATIVES * column);
    // with only one alternative, the best other one of a top token is the remaining mass
    const second = k > 1 ? v128.load(to + (ALTERNATIVES + 1) * column) : f64x2.max(logRest, f64x2.splat(LEAST));
    const isOutranked = f64x2.lt(chosen, f64x2.sub(best, f64x2.splat(1e-5)));
    v128.store(to + MARGIN * column, f64x2.sub(chosen, v128.bitselect(best, second, isOutranked)));
    v128.store(to + OUTRANKED * column, v128.and(f64x2.splat(1), isOutranked));
  }
}

/** Sums eight columns at once, beginning with `first`, in the order of the tokens. */
@inline
function addEight(n: i32, first: usize, sums: usize, column: usize): void {
  let a: f64 = 0;
  let b: f64 = 0;
  let c: f64 = 0;
  let d: f64 = 0;
  let e: f64 = 0;
  let f: f64 = 0;
  let g: f64 = 0;
  let h: f64 = 0;
  const second = first + 4 * column;
  const end = <usize>n << 3;
  for (let t: usize = 0; t < end; t += 8) {
    a += load<f64>(first + t);
    b += load<f64>(first + t + column);
    c += load<f64>(first + t + 2 * column);
    d += load<f64>(first + t + 3 * column);
    e += load<f64>(second + t);
    f += load<f64>(second + t + column);
    g += load<f64>(second + t + 2 * column);
    h += load<f64>(second + t + 3 * column);
  }
  store<f64>(sums, a);
  store<f64>(sums, b, 8);
  store<f64>(sums, c, 16);
  store<f64>(sums, d, 24);
  store<f64>(sums, e, 32);
  store<f64>(sums, f, 40);
  store<f64>(sums, g, 48);
  store<f64>(sums, h, 56);
}

/**
 * Statistics of n tokens with their k greatest alternatives (k = 0: of the tokens alone). Each column has `stride`
 * float64 numbers; stride is even and greater than n. The caller fills column 0 with the chosen tokens'
 * log-probabilities, and the columns from ALTERNATIVES with those of the alternatives. The other columns and the sums
 * are computed here.
 */
export function statistics(n: i32, k: i32, columns: usize, stride: i32): void {
  const column = <usize>stride << 3;
  const behind = columns + (<usize>n << 3);
  store<f64>(behind, 0);
  for (let t = 0; t < n; t += 2) {
    const at = columns + (<usize>t << 3);
    v128.store(at + PROBABILITY * column, exp(v128.load(at)));
  }
  if (k == 0) {
    addEight(n, columns, SUMS, column);
    return;
  }
  for (let r = 0; r < k; r++) store<f64>(behind + (ALTERNATIVES + <usize>r) * column, 0);
  takeAlternatives(n, k, columns, column);
  takeLogs(n, k, columns, column);
  addEight(n, columns, SUMS, column);
  addEight(n, columns + 8 * column, SUMS + 64, column);
}
