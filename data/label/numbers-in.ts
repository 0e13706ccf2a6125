import { wordNumbersIn } from './word-numbers-in.js';

/** A number found in a text, and how it was written. */
export interface FoundNumber {
  value: number;
  /** Digits after the point as written; Infinity for a fraction. */
  decimals: number;
  percent: boolean;
  /** Where it begins in the text. */
  at: number;
}

const DIGITS = [
  String.raw`\d{1,3}(?:\.\d{3})+,\d+(?!\d)`, // 1.234,5
  String.raw`\d{1,3}(?:\.\d{3}){2,}(?![\d.]\d)`, // 1.234.567
  String.raw`\d{1,3}(?:[,'’]\d{3})+(?!\d)(?:\.\d+)?`, // 1,234.5
  String.raw`(?<![\d,])\d+,\d{1,2}(?![\d,])`, // 3,5
  String.raw`\d+ \d+[/⁄]\d+(?![/⁄]?\d)`, // 3 1/2
  String.raw`\d+[/⁄]\d+(?![/⁄]?\d)`, // 1/2
  String.raw`\d+(?:\.\d+)?(?:e[-+]?\d+)?`, // 3.5, 6e23
  String.raw`\.\d+`,
].join('|');
const NUMBER = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?<sign>[-−])?(?<money>[$€£¥₹]\s?)?(?<digits>${DIGITS})(?<scale>(?:k|K|m|M|B|bn)\b|\s*(?:thousand|million|billion|trillion)\b)?(?<percent>\s*(?:%|percent\b|per cent\b))?`,
  'gu',
);
const SCALES: Record<string, number> = {
  k: 1e3,
  thousand: 1e3,
  m: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  trillion: 1e12,
};

/**
 * The numbers of a text in order: signs, thousands separators (1,234 · 1.234.567 · 1'234), decimal comma where it can be
 * nothing else, fractions, exponents, currency signs, percent, "5k", "3 million". Units are passed over. Only where there
 * are no digits at all, numbers in English words.
 */
export function numbersIn(text: string): FoundNumber[] {
  const plain = plainOf(text);
  const found = [...plain.matchAll(NUMBER)].map((match) => {
    const { sign, money, digits, scale, percent } = match.groups as Record<string, string | undefined>;
    const { value, decimals } = read(digits as string);
    const metres = scale === 'm' && money === undefined;
    const factor = scale === undefined || metres ? 1 : SCALES[scale.trim().toLowerCase()];
    const signed = (sign === undefined ? 1 : -1) * value * factor;
    return { value: signed, decimals: factor === 1 ? decimals : 0, percent: percent !== undefined, at: match.index };
  });
  const finite = found.filter(({ value }) => Number.isFinite(value));
  return finite.length > 0 ? finite : wordNumbersIn(plain);
}

/** In compatible forms: full-width digits as ASCII, ½ as 1⁄2 set off from a digit before it, narrow spaces between thousands as commas. */
export function plainOf(text: string): string {
  return text
    .replace(/(?<=\d)[\u00a0\u2009\u202f](?=\d{3})/g, ',')
    .replace(/(\d)(?=[¼-¾⅐-⅞])/g, '$1 ')
    .normalize('NFKC');
}

function read(digits: string): { value: number; decimals: number } {
  const fraction = /^(?:(\d+) )?(\d+)[/⁄](\d+)$/.exec(digits);
  if (fraction !== null) {
    const [, whole = '0', above, below] = fraction;
    return { value: Number(whole) + Number(above) / Number(below), decimals: Number.POSITIVE_INFINITY };
  }
  const plain = pointed(digits);
  return { value: Number(plain), decimals: /\.(\d+)/.exec(plain)?.[1].length ?? 0 };
}

/** Without thousands separators, with a point before the decimals. */
function pointed(digits: string): string {
  if (/^\d{1,3}(?:\.\d{3})+,\d+$/.test(digits)) return digits.replaceAll('.', '').replace(',', '.');
  if (/^\d{1,3}(?:\.\d{3}){2,}$/.test(digits)) return digits.replaceAll('.', '');
  if (/^\d+,\d{1,2}$/.test(digits)) return digits.replace(',', '.');
  return digits.replace(/[,'’]/g, '');
}
