// AssemblyScript, compiled by scorer/direct/assembly/build.mjs into scorer/direct/kernel-bytes.ts. Four float32 lanes at a time.

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
  if (activation == 2) return f32x4.max(x, f32x4.splat(0));
  return x;
}

/** y = tanh(x·slope + offset), 0 where x is NaN; n a multiple of 4. */
export function encode(x: usize, slope: usize, offset: usize, y: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const at = i << 2;
    const v = v128.load(x + at);
    const z = f32x4.add(f32x4.mul(v, v128.load(slope + at)), v128.load(offset + at));
    const e = exp4(f32x4.mul(z, f32x4.splat(2)));
    const t = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))));
    v128.store(y + at, v128.and(t, f32x4.eq(v, v)));
  }
}

/** y[0…h) = act(b + x·W), W row-major [d, h], h a multiple of 16; activation 0 none, 1 silu, 2 relu. */
export function dense(x: usize, w: usize, b: usize, y: usize, d: i32, h: i32, activation: i32): void {
  for (let c = 0; c < h; c += 16) {
    const from = b + (c << 2);
    let a0 = v128.load(from);
    let a1 = v128.load(from, 16);
    let a2 = v128.load(from, 32);
    let a3 = v128.load(from, 48);
    let at = w + (c << 2);
    for (let i = 0; i < d; i++) {
      const s = v128.load32_splat(x + (i << 2));
      a0 = f32x4.add(a0, f32x4.mul(s, v128.load(at)));
      a1 = f32x4.add(a1, f32x4.mul(s, v128.load(at, 16)));
      a2 = f32x4.add(a2, f32x4.mul(s, v128.load(at, 32)));
      a3 = f32x4.add(a3, f32x4.mul(s, v128.load(at, 48)));
      at += h << 2;
    }
    const to = y + (c << 2);
    v128.store(to, act4(a0, activation));
    v128.store(to, act4(a1, activation), 16);
    v128.store(to, act4(a2, activation), 32);
    v128.store(to, act4(a3, activation), 48);
  }
}

/** x·w, n a multiple of 4. */
export function dot(x: usize, w: usize, n: i32): f32 {
  let a = f32x4.splat(0);
  for (let i = 0; i < n; i += 4) a = f32x4.add(a, f32x4.mul(v128.load(x + (i << 2)), v128.load(w + (i << 2))));
  return f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3);
}
