// AssemblyScript, compiled by support/wasm/build.mjs into data/scan/kernel-bytes.ts. Reads the token log-probabilities
// of one line of JSON. Anything that is not clearly well-formed ends in PLAIN: the caller then parses the line as JSON.
// Positions are addresses. The file is over 300 lines because a kernel is compiled from one file.

/** Results of `scan`: the line must be parsed as JSON (PLAIN), has no tokens (NONE), or was read (DONE). */
const PLAIN: i32 = 0;
const NONE: i32 = 1;
const DONE: i32 = 2;

/** Where the value of `tokens` begins and ends. */
export let cutFrom: usize = 0;
export let cutTo: usize = 0;
/** How many tokens, numbers, and numbers left to the caller (`slow`) were found. */
export let tokenCount: i32 = 0;
export let numberCount: i32 = 0;
export let slowCount: i32 = 0;

/**
 * Log-probabilities up to this are due to rounding and are read as 0. Above it the line is invalid, and the plain path
 * reports it.
 */
const SLACK: f64 = 1e-6;

const QUOTE: u32 = 34;
const COMMA: u32 = 44;
const COLON: u32 = 58;
const OPEN_LIST: u32 = 91;
const CLOSE_LIST: u32 = 93;
const OPEN: u32 = 123;
const CLOSE: u32 = 125;
const SLASH: u32 = 92;

/**
 * Sixteen bytes each: floor(5^q · 2^b) as two 64-bit words, the higher one first, for q from LEAST_POWER on. The caller
 * fills them in.
 */
const LEAST_POWER: i32 = -64;
const MOST_POWER: i32 = 22;
const POWERS: usize = 0;
/** 10^0 … 10^22 as doubles. */
const TENS: usize = 2048;

let numbersAt: usize = 0;
let tokensAt: usize = 0;
let slowAt: usize = 0;
/** UTF-16 code units of the last text read. */
let units: i32 = 0;

/**
 * Reads the line [from, end). There must be a 0 at `end`, and up to 16 bytes after it may be read. Writes
 * - to `numbers`, per token, its log-probability (NaN if null) and those of its alternatives;
 * - to `tokens`, six int32 per token: from, to, code units of its text, number of alternatives (−1 if not recorded),
 *   from and to of its text;
 * - to `slow`, three int32 per number that the caller must read: its index in `numbers`, from, to.
 */
export function scan(from: usize, end: usize, numbers: usize, tokens: usize, slow: usize): i32 {
  numbersAt = numbers;
  tokensAt = tokens;
  slowAt = slow;
  tokenCount = numberCount = slowCount = 0;
  let seen = false;
  let p = space(from);
  if (load<u8>(p) != OPEN) return PLAIN;
  p = space(p + 1);
  if (load<u8>(p) == CLOSE) return NONE;
  while (true) {
    if (load<u8>(p) != QUOTE) return PLAIN;
    const key = p + 1;
    p = key;
    while (true) {
      const c: u32 = load<u8>(p);
      if (c == QUOTE) break;
      if (c < 32 || c == SLASH) return PLAIN;
      p++;
    }
    // toke, ns
    const isTokens = p - key == 6 && load<u32>(key) == 0x656b6f74 && load<u16>(key + 4) == 0x736e;
    p = space(p + 1);
    if (load<u8>(p) != COLON) return PLAIN;
    p = space(p + 1);
    if (isTokens) {
      if (seen || load<u8>(p) != OPEN_LIST) return PLAIN;
      seen = true;
      cutFrom = p;
      p = list(p, true);
      cutTo = p;
    } else {
      p = skip(p, end);
    }
    if (p == 0) return PLAIN;
    p = space(p);
    const c: u32 = load<u8>(p);
    if (c == CLOSE) return seen ? DONE : NONE;
    if (c != COMMA) return PLAIN;
    p = space(p + 1);
  }
}

@inline
function space(p: usize): usize {
  while (isSpace(load<u8>(p))) p++;
  return p;
}

@inline
function isSpace(c: u32): bool {
  return c == 32 || c == 9 || c == 13 || c == 10;
}

/** The position after a value that the caller parses; correct if the value is JSON. 0 if the line ends first. */
function skip(p: usize, end: usize): usize {
  let depth = 0;
  while (true) {
    if (p >= end) return 0;
    const c: u32 = load<u8>(p);
    if (c == QUOTE) {
      p = skipText(p + 1, end);
      if (p == 0) return 0;
      if (depth == 0) return p;
    } else if (c == OPEN || c == OPEN_LIST) {
      depth++;
      p++;
    } else if (c == CLOSE || c == CLOSE_LIST) {
      if (depth == 0) return p; // the end of a number or word
      p++;
      if (--depth == 0) return p;
    } else if (depth == 0 && c == COMMA) {
      return p;
    } else {
      p++;
    }
  }
}

/** The position after the closing quote, searched sixteen bytes at a time; 0 if there is none. */
function skipText(p: usize, end: usize): usize {
  const quotes = i8x16.splat(QUOTE as i8);
  const slashes = i8x16.splat(SLASH as i8);
  while (true) {
    const part = v128.load(p);
    const found = i8x16.bitmask(v128.or(i8x16.eq(part, quotes), i8x16.eq(part, slashes)));
    if (found == 0) {
      p += 16;
      if (p >= end) return 0;
      continue;
    }
    p += ctz(found);
    if (p >= end) return 0;
    if (load<u8>(p) == QUOTE) return p + 1;
    p += 2;
    if (p >= end) return 0;
  }
}

/**
 * Reads a list of tokens, or the alternatives of one token. Returns the position after it; 0 if it needs a plain parse.
 */
function list(p: usize, ofTokens: bool): usize {
  p = space(p + 1);
  if (load<u8>(p) == CLOSE_LIST) return p + 1;
  while (true) {
    p = ofTokens ? token(p) : alternative(p);
    if (p == 0) return 0;
    p = space(p);
    const c: u32 = load<u8>(p);
    if (c == CLOSE_LIST) return p + 1;
    if (c != COMMA) return 0;
    p = space(p + 1);
  }
}

/** Reads one token: keys in any order, each at most once, and no unknown ones. */
function token(from: usize): usize {
  if (load<u8>(from) != OPEN) return 0;
  const slot = numbersAt + ((numberCount as usize) << 3);
  numberCount++;
  store<f64>(slot, NaN);
  let seen = 0;
  let length = 0;
  let textFrom: usize = 0;
  let textTo: usize = 0;
  let alternatives = -1;
  let p = space(from + 1);
  while (true) {
    const key = load<u64>(p);
    if ((key & 0x00ffffffffffffff) == 0x00226e656b6f7422) { // "token"
      if (seen & 1) return 0;
      seen |= 1;
      p = value(p + 7);
      if (p == 0 || load<u8>(p) != QUOTE) return 0;
      textFrom = p + 1;
      p = text(textFrom);
      textTo = p - 1;
      length = units;
    } else if (key == 0x626f7270676f6c22 && load<u8>(p + 8) == QUOTE) { // "logprob"
      if (seen & 2) return 0;
      seen |= 2;
      p = value(p + 9);
      if (p == 0) return 0;
      p = number(p, slot);
    } else if ((key & 0x000000ffffffffff) == 0x00000022706f7422) { // "top"
      if (seen & 4) return 0;
      seen |= 4;
      p = value(p + 5);
      if (p == 0) return 0;
      if (load<u8>(p) == OPEN_LIST) {
        const before = numberCount;
        p = list(p, false);
        alternatives = numberCount - before;
      } else if (load<u32>(p) == 0x6c6c756e) { // null
        p += 4;
      } else return 0;
    } else return 0;
    if (p == 0) return 0;
    p = space(p);
    const c: u32 = load<u8>(p);
    if (c == CLOSE) break;
    if (c != COMMA) return 0;
    p = space(p + 1);
  }
  if ((seen & 1) == 0) return 0;
  const at = tokensAt + (tokenCount as usize) * 24;
  tokenCount++;
  store<i32>(at, from as i32);
  store<i32>(at, (p + 1) as i32, 4);
  store<i32>(at, length, 8);
  store<i32>(at, alternatives, 12);
  store<i32>(at, textFrom as i32, 16);
  store<i32>(at, textTo as i32, 20);
  return p + 1;
}

@inline
function value(p: usize): usize {
  p = space(p);
  return load<u8>(p) == COLON ? space(p + 1) : 0;
}

/** Reads one alternative, in the same way. */
function alternative(p: usize): usize {
  if (load<u8>(p) != OPEN) return 0;
  const slot = numbersAt + ((numberCount as usize) << 3);
  numberCount++;
  store<f64>(slot, NaN);
  let seen = 0;
  p = space(p + 1);
  while (true) {
    const key = load<u64>(p);
    if ((key & 0x00ffffffffffffff) == 0x00226e656b6f7422) { // "token"
      if (seen & 1) return 0;
      seen |= 1;
      p = value(p + 7);
      if (p == 0 || load<u8>(p) != QUOTE) return 0;
      p = text(p + 1);
    } else if (key == 0x626f7270676f6c22 && load<u8>(p + 8) == QUOTE) { // "logprob"
      if (seen & 2) return 0;
      seen |= 2;
      p = value(p + 9);
      if (p == 0) return 0;
      p = number(p, slot);
    } else return 0;
    if (p == 0) return 0;
    p = space(p);
    const c: u32 = load<u8>(p);
    if (c == CLOSE) break;
    if (c != COMMA) return 0;
    p = space(p + 1);
  }
  return seen & 1 ? p + 1 : 0;
}

/**
 * Reads a text. Returns the position after its closing quote and sets `units`; 0 if an escape, a control character or
 * the UTF-8 is invalid.
 */
function text(p: usize): usize {
  const from = p;
  let extra = 0;
  while (true) {
    const c: u32 = load<u8>(p);
    if (c < 128) {
      if (c == QUOTE) {
        units = ((p - from) as i32) - extra;
        return p + 1;
      }
      if (c < 32) return 0;
      if (c != SLASH) {
        p++;
        continue;
      }
      const e: u32 = load<u8>(p + 1);
      if (e == 117) { // u
        if (!isHex(load<u8>(p + 2)) || !isHex(load<u8>(p + 3)) || !isHex(load<u8>(p + 4)) || !isHex(load<u8>(p + 5))) {
          return 0;
        }
        extra += 5;
        p += 6;
      } else if (e == QUOTE || e == SLASH || e == 47 || e == 98 || e == 102 || e == 110 || e == 114 || e == 116) {
        extra++;
        p += 2;
      } else return 0;
      continue;
    }
    const d: u32 = load<u8>(p + 1);
    if ((d & 0xc0) != 0x80) return 0;
    if (c < 0xe0) {
      if (c < 0xc2) return 0;
      extra++;
      p += 2;
      continue;
    }
    if ((load<u8>(p + 2) & 0xc0) != 0x80) return 0;
    extra += 2;
    if (c < 0xf0) {
      if ((c == 0xe0 && d < 0xa0) || (c == 0xed && d > 0x9f)) return 0;
      p += 3;
      continue;
    }
    if (c > 0xf4 || (load<u8>(p + 3) & 0xc0) != 0x80 || (c == 0xf0 && d < 0x90) || (c == 0xf4 && d > 0x8f)) return 0;
    p += 4;
  }
}

@inline
function isHex(c: u32): bool {
  return c - 48 < 10 || (c | 32) - 97 < 6;
}

@inline
function isDigit(c: u32): bool {
  return c - 48 < 10;
}

/** Whether all eight bytes are digits. */
@inline
function areDigits(part: u64): bool {
  return (
    ((part & 0xf0f0f0f0f0f0f0f0) | (((part + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >> 4)) == 0x3333333333333333
  );
}

/** The value of eight digits. */
@inline
function eight(part: u64): u64 {
  part -= 0x3030303030303030;
  part = part * 10 + (part >> 8);
  return (
    ((part & 0x000000ff000000ff) * 0x000f424000000064 + ((part >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >> 32
  );
}

/**
 * Reads one log-probability into `slot`. Returns the position after it; 0 if it is not a log-probability, or is above
 * 0.
 */
function number(p: usize, slot: usize): usize {
  const from = p;
  let c: u32 = load<u8>(p);
  const negative = c == 45;
  if (negative) c = load<u8>(++p);
  if (!isDigit(c)) {
    if (negative) { // -Infinity, as Python writes it
      if (load<u64>(p) != 0x7974696e69666e49) return 0;
      store<f64>(slot, -Infinity);
      return p + 8;
    }
    const word = load<u32>(p);
    if (word == 0x6c6c756e) return p + 4; // null
    return (word & 0x00ffffff) == 0x004e614e ? p + 3 : 0; // NaN
  }
  const start = p;
  let w: u64 = 0;
  if (c == 48) {
    p++;
    if (isDigit(load<u8>(p))) return 0;
  } else {
    do {
      w = w * 10 + (c - 48);
      c = load<u8>(++p);
    } while (isDigit(c));
  }
  let digits = (p - start) as i32;
  let power = 0;
  if (load<u8>(p) == 46) {
    const fraction = ++p;
    let part = load<u64>(p);
    while (areDigits(part)) {
      w = w * 100000000 + eight(part);
      p += 8;
      part = load<u64>(p);
    }
    c = load<u8>(p);
    while (isDigit(c)) {
      w = w * 10 + (c - 48);
      c = load<u8>(++p);
    }
    power = (fraction - p) as i32;
    if (power == 0) return 0;
    digits -= power;
  }
  if ((load<u8>(p) | 32) == 101) { // e
    c = load<u8>(++p);
    const below = c == 45;
    if (below || c == 43) c = load<u8>(++p);
    if (!isDigit(c)) return 0;
    let e = 0;
    do {
      if (e < 10000) e = e * 10 + (c - 48);
      c = load<u8>(++p);
    } while (isDigit(c));
    power += below ? -e : e;
  }
  if (digits > 19) {
    let q = start;
    while (true) {
      c = load<u8>(q);
      if (c == 48) digits--;
      else if (c != 46) break;
      q++;
    }
    if (digits > 19) return slow(slot, from, p);
  }
  let bits: u64 = 0;
  if (w != 0) {
    if (w <= 9007199254740992 && power <= 22 && power >= -22) {
      const x = w as f64;
      bits = reinterpret<u64>(power < 0 ? x / load<f64>(TENS + ((-power) << 3)) : x * load<f64>(TENS + (power << 3)));
    } else {
      bits = nearest(w, power);
      if (bits == 0) return slow(slot, from, p);
    }
  }
  if (negative) bits |= 0x8000000000000000;
  else if (bits != 0) {
    if (reinterpret<f64>(bits) > SLACK) return 0;
    bits = 0;
  }
  store<u64>(slot, bits);
  return p;
}

function slow(slot: usize, from: usize, to: usize): usize {
  const at = slowAt + (slowCount as usize) * 12;
  slowCount++;
  store<i32>(at, ((slot - numbersAt) >> 3) as i32);
  store<i32>(at, from as i32, 4);
  store<i32>(at, to as i32, 8);
  return to;
}

/**
 * The bits of the double nearest to w · 10^power; 0 if this method cannot decide. Source: Lemire 2021, "Number parsing
 * at a gigabyte per second", section 5 (Eisel–Lemire).
 */
function nearest(w: u64, power: i32): u64 {
  if (power < LEAST_POWER || power > MOST_POWER) return 0;
  const shift = clz(w) as i32;
  w <<= shift;
  const at = POWERS + ((power - LEAST_POWER) << 4);
  let low = mulLow(w, load<u64>(at));
  let high = mulHigh(w, load<u64>(at));
  if ((high & 0x1ff) == 0x1ff) {
    const more = mulHigh(w, load<u64>(at, 8));
    low += more;
    if (more > low) high++;
    if (low == 0xffffffffffffffff) return 0;
  }
  const upper = (high >> 63) as i32;
  let mantissa = high >> ((upper + 9) as u64);
  let power2 = (((152170 + 65536) * power) >> 16) + 63 + upper - shift + 1023;
  if (power2 <= 0) return 0;
  if (
    low <= 1 && power >= -4 && power <= 23 && (mantissa & 3) == 1 &&
    (mantissa << ((upper + 9) as u64)) == high
  ) mantissa &= ~1;
  mantissa += mantissa & 1;
  mantissa >>= 1;
  if (mantissa >= 0x0020000000000000) {
    mantissa = 0x0010000000000000;
    power2++;
  }
  if (power2 >= 0x7ff) return 0;
  return (mantissa & 0x000fffffffffffff) | ((power2 as u64) << 52);
}

@inline
function mulLow(a: u64, b: u64): u64 {
  return a * b;
}

function mulHigh(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const p01 = a0 * b1;
  const p10 = a1 * b0;
  const middle = ((a0 * b0) >> 32) + (p01 & 0xffffffff) + (p10 & 0xffffffff);
  return a1 * b1 + (p01 >> 32) + (p10 >> 32) + (middle >> 32);
}
