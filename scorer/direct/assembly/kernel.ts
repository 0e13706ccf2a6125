// AssemblyScript, compiled by support/wasm/build.mjs into scorer/direct/kernel-bytes.ts. Four float32 lanes at a time.

/** e^x by range reduction and a polynomial of degree 6 (Cephes expf): relative error about 1e-7. */
@inline
function exp4(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, f32x4.splat(-87)), f32x4.splat(88));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504)));
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

@inline
function silu4(x: v128): v128 {
  return f32x4.div(x, f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))));
}

@inline
function act4(x: v128, activation: i32): v128 {
  if (activation == 1) return silu4(x);
  return x;
}

/** Gathers four numbers: `at` lists their addresses. */
@inline
function gather4(at: usize): v128 {
  let v = v128.load32_zero(load<u32>(at));
  v = v128.load32_lane(load<u32>(at, 4), v, 1);
  v = v128.load32_lane(load<u32>(at, 8), v, 2);
  return v128.load32_lane(load<u32>(at, 12), v, 3);
}

/** y = tanh(x·slope + offset), 0 if x is NaN. `x` lists the addresses of the numbers; n is a multiple of 4. */
export function encode(x: usize, slope: usize, offset: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const at = i << 2;
    const v = gather4(x + at);
    const z = f32x4.add(f32x4.mul(v, v128.load(slope + at)), v128.load(offset + at));
    const e = exp4(f32x4.mul(z, f32x4.splat(2)));
    const t = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))));
    v128.store(y + at, v128.and(t, f32x4.eq(v, v)));
  }
}

/** y = 1 if the number is NaN, else 0. `x` lists the addresses of the numbers. */
export function flags(x: usize, y: usize, n: i32): void {
  for (let i = 0; i < n << 2; i += 4) {
    const v = load<f32>(load<u32>(x + i));
    store<f32>(y + i, v == v ? 0 : 1);
  }
}

/**
 * The sum of one leaf per tree, four trees at a time. Each tree asks `depth` ≤ 8 questions, "is the number at this
 * address above the threshold?". The answers are the bits of the leaf's index, the first answer the lowest bit. The
 * leaf values are on a grid on which the order of addition makes no difference.
 */
export function trees(columns: usize, thresholds: usize, leaves: usize, depth: i32, groups: i32): f32 {
  const mask = (1 << depth) - 1;
  const size = 4 << depth;
  let a: f32 = 0;
  let b: f32 = 0;
  let c: f32 = 0;
  let d: f32 = 0;
  for (let g = 0; g < groups; g++) {
    let yes: u32 = 0;
    for (let i = 0; i < depth; i++) {
      yes |= i32x4.bitmask(f32x4.gt(gather4(columns), v128.load(thresholds))) << (i << 2);
      columns += 16;
      thresholds += 16;
    }
    a += load<f32>(leaves + ((yes & mask) << 2));
    b += load<f32>(leaves + size + (((yes >> depth) & mask) << 2));
    c += load<f32>(leaves + 2 * size + (((yes >> (2 * depth)) & mask) << 2));
    d += load<f32>(leaves + 3 * size + ((yes >> (3 * depth)) << 2));
    leaves += 4 * size;
  }
  return a + b + (c + d);
}

/** y[0…h) = act(b + x·W), W row-major [d, h], h a multiple of 16; activation 0 none, 1 silu. */
export function dense(x: usize, w: usize, b: usize, y: usize, d: i32, h: i32, activation: i32): void {
  const row = <usize>h << 2;
  const end = x + (<usize>d << 2);
  let c: usize = 0;
  for (; c + 128 <= row; c += 128) {
    let a0 = v128.load(b + c);
    let a1 = v128.load(b + c, 16);
    let a2 = v128.load(b + c, 32);
    let a3 = v128.load(b + c, 48);
    let a4 = v128.load(b + c, 64);
    let a5 = v128.load(b + c, 80);
    let a6 = v128.load(b + c, 96);
    let a7 = v128.load(b + c, 112);
    let at = w + c;
    for (let i = x; i < end; i += 4) {
      const s = v128.load32_splat(i);
      a0 = f32x4.add(a0, f32x4.mul(s, v128.load(at)));
      a1 = f32x4.add(a1, f32x4.mul(s, v128.load(at, 16)));
      a2 = f32x4.add(a2, f32x4.mul(s, v128.load(at, 32)));
      a3 = f32x4.add(a3, f32x4.mul(s, v128.load(at, 48)));
      a4 = f32x4.add(a4, f32x4.mul(s, v128.load(at, 64)));
      a5 = f32x4.add(a5, f32x4.mul(s, v128.load(at, 80)));
      a6 = f32x4.add(a6, f32x4.mul(s, v128.load(at, 96)));
      a7 = f32x4.add(a7, f32x4.mul(s, v128.load(at, 112)));
      at += row;
    }
    v128.store(y + c, act4(a0, activation));
    v128.store(y + c, act4(a1, activation), 16);
    v128.store(y + c, act4(a2, activation), 32);
    v128.store(y + c, act4(a3, activation), 48);
    v128.store(y + c, act4(a4, activation), 64);
    v128.store(y + c, act4(a5, activation), 80);
    v128.store(y + c, act4(a6, activation), 96);
    v128.store(y + c, act4(a7, activation), 112);
  }
  if (c == row) return;
  let a0 = v128.load(b + c);
  let a1 = v128.load(b + c, 16);
  let a2 = v128.load(b + c, 32);
  let a3 = v128.load(b + c, 48);
  let at = w + c;
  for (let i = x; i < end; i += 4) {
    const s = v128.load32_splat(i);
    a0 = f32x4.add(a0, f32x4.mul(s, v128.load(at)));
    a1 = f32x4.add(a1, f32x4.mul(s, v128.load(at, 16)));
    a2 = f32x4.add(a2, f32x4.mul(s, v128.load(at, 32)));
    a3 = f32x4.add(a3, f32x4.mul(s, v128.load(at, 48)));
    at += row;
  }
  v128.store(y + c, act4(a0, activation));
  v128.store(y + c, act4(a1, activation), 16);
  v128.store(y + c, act4(a2, activation), 32);
  v128.store(y + c, act4(a3, activation), 48);
}

/** x·w, n a multiple of 4. */
export function dot(x: usize, w: usize, n: i32): f32 {
  let a = f32x4.splat(0);
  for (let i = 0; i < n; i += 4) a = f32x4.add(a, f32x4.mul(v128.load(x + (i << 2)), v128.load(w + (i << 2))));
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3);
}
