import { asciiDigits } from '../text/digits.js';
import type { FoundNumber, Reading } from './found-number.js';
import { hanNumbersIn } from './han-numbers-in.js';
import { withoutLatex } from './latex.js';
import { factorOf, SCALE } from './scales.js';
import { unitOf } from './units.js';
import { wordNumbersIn } from './word-numbers-in.js';

const FIRST = String.raw`[1-9]\d{0,2}`;
const DIGITS = [
  String.raw`${FIRST}(?:\.\d{3})+,\d+(?!\d)`, // 1.234,5
  String.raw`${FIRST}(?:\.\d{3}){2,}(?![\d.]\d)`, // 1.234.567
  String.raw`[1-9]\d?(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?`, // 1,50,000
  String.raw`${FIRST}(?:,\d{3})+(?!,?\d)(?:\.\d+)?`, // 1,234.5
  String.raw`${FIRST}(?:['’]\d{3})+(?!\d)(?:[.,]\d+)?`, // 1'234.5
  String.raw`${FIRST}(?: \d{3}){2,}(?![\d/])(?:[.,]\d+)?`, // 1 234 567
  String.raw`${FIRST} \d{3},\d{1,2}(?!\d)`, // 1 234,5
  String.raw`${FIRST} 0\d\d(?![\d/])`, // 12 000
  String.raw`(?<![\d,])(?:0,\d+|\d+,\d{1,2}|\d{1,3},\d{4,})(?![\d,])`, // 3,5
  String.raw`\d+ \d+[/⁄]\d+(?![/⁄]?\d)`, // 3 1/2
  String.raw`\d+[/⁄]\d+(?![/⁄]?\d)`, // 1/2
  String.raw`\d+(?:\.\d+)?(?:[eE][-+]?\d+)?`, // 3.5, 6e23
  String.raw`\.\d+`,
].join('|');
const MONEY = String.raw`(?:US|CA|AU|NZ|HK|NT|[RACS])?[$]|[€£¥₹₩₽₺₫฿₪]|Rs\.?|USD|EUR|GBP|INR|CNY|RMB|JPY|KRW|CHF`;
const MINUS = '[-−–]|±|(?:minus|negative|moins|menos|минус)\\s+|负|負|零下|マイナス|마이너스|영하';
const PERCENT = '%|percent\\b|per cent\\b|Prozent|pour cent|por ciento|por cento|per cento|процент|パーセント|퍼센트';
const EXPONENT = String.raw`\s*(?:\^|\*\*)\s*\(?(?<power>[-−+]?\d+)\)?`;
const NUMBER = new RegExp(
  String.raw`(?<![\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}^])` +
    String.raw`(?<sign>${MINUS})?(?<money>(?:${MONEY})\s?)?(?<sign2>[-−])?(?<hundredths>百分之|%\s?)?` +
    String.raw`(?<digits>${DIGITS})(?:\s*[×x*·⋅]\s*10${EXPONENT}|${EXPONENT.replace('power', 'own')})?` +
    String.raw`(?:${SCALE})?(?<percent>\s*(?:${PERCENT}))?`,
  'gu',
);

/**
 * The numbers of a text in order: digits of every script, signs, thousands separators (1,234 · 1.234.567 · 1'234 · 1
 * 234 567 · 1,50,000), a decimal comma if it can be nothing else, fractions, powers, currency signs, percent, "5k", "3
 * million", 42万, LaTeX. Units are skipped. Numbers in English words or Chinese numerals count only if there are no
 * digits at all.
 */
export function numbersIn(text: string): FoundNumber[] {
  return numbersOf(plainOf(text));
}

/** The same for a text that `plainOf` has already converted. */
export function numbersOf(plain: string): FoundNumber[] {
  const found = joined([...plain.matchAll(NUMBER)]).filter(({ value }) => Number.isFinite(value));
  if (found.length > 0) return found;
  const words = wordNumbersIn(plain);
  return words.length > 0 ? words : hanNumbersIn(plain);
}

/**
 * Text in NFKC: all digits as ASCII, ½ as 1⁄2 separated from a digit before it, 10⁴ as 10^4, narrow spaces between
 * thousands as ’, no LaTeX.
 */
export function plainOf(text: string): string {
  const plain = text
    .replace(/(?<=\d)_(?=\d{3}(?!\d))/g, '')
    .replace(/[⁻⁺]?[⁰¹²³⁴-⁹]+/g, (digits) => `^${digits.normalize('NFKC')}`)
    .replace(/(\d)(?=[¼-¾⅐-⅞])/g, '$1 ')
    .replace(/[\u00a0\u2007\u2009\u202f]/g, '\u202f')
    .replaceAll('\u202f', '\ue000');
  return asciiDigits(withoutLatex(plain).replaceAll('\u202f', '\ue000').normalize('NFKC'))
    .replace(/(?<=\d)\ue000(?=\d{3}(?!\d))/g, '’')
    .replaceAll('\ue000', ' ');
}

/** Joins a number with an East Asian scale and a smaller one right after it: 1億2000万 is one number. */
function joined(matches: RegExpExecArray[]): FoundNumber[] {
  const found: FoundNumber[] = [];
  let last = 0;
  for (const match of matches) {
    const number = numberFrom(match);
    const before = found.at(-1);
    const factor = match.groups?.east === undefined ? 1 : factorOf(match.groups, false);
    if (before !== undefined && before.end === number.at && factor < last) {
      before.value += number.value;
      before.end = number.end;
    } else found.push(number);
    last = factor;
  }
  return found;
}

function numberFrom(match: RegExpExecArray): FoundNumber {
  const groups = match.groups as Record<string, string | undefined>;
  const { sign, sign2, money, hundredths, digits = '', power, own, percent } = groups;
  const negative = (sign !== undefined && sign !== '±') || sign2 !== undefined;
  const factor = (negative ? -1 : 1) * factorOf(groups, money !== undefined) * 10 ** exponent(power ?? '0');
  const scaled = ({ value, decimals }: Reading): Reading => {
    const raised = own === undefined ? value : value ** exponent(own);
    return { value: factor * raised, decimals: Math.abs(factor) === 1 && own === undefined ? decimals : 0 };
  };
  const other = elsewhere(digits);
  const end = match.index + match[0].length;
  const behind = groups.glued === 'm' && Math.abs(factor) === 1 ? 'm' : match.input.slice(end, end + 24);
  const unit = unitOf(money ?? '', behind);
  return {
    ...scaled(read(digits)),
    percent: percent !== undefined || hundredths !== undefined,
    plusMinus: sign === '±',
    at: match.index,
    end,
    ...(unit === undefined ? {} : { unit }),
    ...(other === null ? {} : { elsewhere: scaled(other) }),
  };
}

function exponent(digits: string): number {
  return Number(digits.replace('−', '-'));
}

function read(digits: string): Reading {
  const fraction = /^(?:(\d+) )?(\d+)[/⁄](\d+)$/.exec(digits);
  if (fraction !== null) {
    const [, whole = '0', above, below] = fraction;
    return { value: Number(whole) + Number(above) / Number(below), decimals: Number.POSITIVE_INFINITY };
  }
  return pointed(withPoint(digits));
}

/** The other reading of digits, if both are possible: 1.234 as 1234, 1,234 as 1.234. */
function elsewhere(digits: string): Reading | null {
  if (/^[1-9]\d{0,2}\.\d{3}$/.test(digits)) return pointed(digits.replace('.', ''));
  if (/^[1-9]\d{0,2},\d{3}$/.test(digits)) return pointed(digits.replace(',', '.'));
  return null;
}

function pointed(digits: string): Reading {
  return { value: Number(digits), decimals: /\.(\d+)/.exec(digits)?.[1].length ?? 0 };
}

/** Removes thousands separators and writes a point before the decimals. */
function withPoint(digits: string): string {
  if (/\.\d{3}(?:\.\d{3})*,/.test(digits)) return digits.replaceAll('.', '').replace(',', '.');
  if (/^\d{1,3}(?:\.\d{3}){2,}$/.test(digits)) return digits.replaceAll('.', '');
  if (/[ '’]/.test(digits)) return digits.replace(/[ '’]/g, '').replace(',', '.');
  return /^[1-9]\d{0,2}(?:,\d{2,3})*,\d{3}(?:\.\d+)?$/.test(digits)
    ? digits.replaceAll(',', '')
    : digits.replace(',', '.');
}
