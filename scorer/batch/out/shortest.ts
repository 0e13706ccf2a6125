/**
 * The shortest decimal that reads back as the same float32, as a double: 0.30000001192092896 → 0.3. Numbers that a
 * graph computed in single precision are printed this way, without digits that they do not have. 6 significant digits
 * always survive a float32; 9 are always enough.
 */
export function shortest(value: number): number;
export function shortest(value: number | null): number | null;
export function shortest(value: number | null): number | null {
  if (value === null) return null;
  if (value === 0) return value; // toPrecision drops the sign of −0
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
}
