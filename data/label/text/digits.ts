const zeros = new Map<string, number>();

/**
 * Converts the digits of every script to 0–9 (٤٢, ४२, ๔๒, ４２), and the Arabic decimal, thousands and percent signs to
 * `.`, `,` and `%`.
 */
export function asciiDigits(text: string): string {
  return text
    .replace(/[^\P{Nd}0-9]/gu, (digit) => String((digit.codePointAt(0) as number) - zeroOf(digit)))
    .replace(/[٫٬٪]/g, (sign) => ({ '٫': '.', '٬': ',' })[sign] ?? '%');
}

/**
 * The zero of a digit's script. Unicode keeps the ten digits of a script in a row, so its zero is at most nine code
 * points before any of its digits.
 */
function zeroOf(digit: string): number {
  const known = zeros.get(digit);
  if (known !== undefined) return known;
  const code = digit.codePointAt(0) as number;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  zeros.set(digit, zero);
  return zero;
}
