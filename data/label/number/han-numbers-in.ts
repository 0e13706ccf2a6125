import type { FoundNumber } from './found-number.js';

const DIGITS = '〇零一二三四五六七八九';
/** Other forms of the digits: everyday, Japanese, and those used on cheques. */
const FORMS: Record<string, string> = Object.fromEntries(
  [...'两兩壹贰貳叁參肆伍陆陸柒捌玖'].map((form, i) => [form, '二二一二二三三四五六六七八九'[i]]),
);
const UNITS: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1e3, 仟: 1e3 };
const SCALES: Record<string, number> = { 万: 1e4, 萬: 1e4, 亿: 1e8, 億: 1e8, 兆: 1e12 };
const NUMERALS = [DIGITS, ...Object.keys(FORMS), ...Object.keys(UNITS), ...Object.keys(SCALES)].join('');
const RUN = new RegExp(
  String.raw`(负|負|マイナス)?(百分之)?([${NUMERALS}]+)(?:[点點]([${DIGITS}]+))?(?:\s*(%|パーセント))?`,
  'gu',
);
/** Words that are written with numerals but are not numbers. */
const NO_NUMBER = new Set(['千万', '万一', '万千', '百万千万', '一一']);
/**
 * Contexts in which a single numeral is a number: before a counter, kana or a mark, and after kana, a mark or one of a
 * few words. Otherwise 一 also begins 一般 and 一起.
 */
const COUNTERS = '个個只本人名次天年月日岁歳つ円元块塊倍種种件条條张張匹頭头台枚分小时時';
const BEHIND = new RegExp(String.raw`^(?:$|[^\p{Script=Han}]|[${COUNTERS}])`, 'u');
const BEFORE = /(?:^|[^\p{Script=Han}]|[是为為有共得])$/u;

/** Numbers in Chinese numerals: 四十二, 一百零五, 二〇二四, 三点五. Numerals that are part of a word are left out. */
export function hanNumbersIn(text: string): FoundNumber[] {
  return [...text.matchAll(RUN)].flatMap((match) => {
    const [whole, minus, hundredths, run, decimals = '', percent] = match;
    const end = match.index + whole.length;
    const alone = BEFORE.test(text.slice(0, match.index)) && BEHIND.test(text.slice(end));
    if (NO_NUMBER.has(run) || ([...run].length === 1 && !alone)) return [];
    const value =
      valueOfNumerals([...run].map((char) => FORMS[char] ?? char)) + Number(`0.${digitsOf([...decimals]) || 0}`);
    return {
      value: minus === undefined ? value : -value,
      decimals: decimals.length,
      percent: hundredths !== undefined || percent !== undefined,
      plusMinus: false,
      at: match.index,
      end,
    };
  });
}

function digitsOf(chars: string[]): string {
  return chars.map((char) => Math.max(0, DIGITS.indexOf(char) - 1)).join('');
}

/** Reads digit by digit if there are no units (二〇二四), else by units (十 = 10) within scales (万, 億). */
function valueOfNumerals(chars: string[]): number {
  if (chars.every((char) => DIGITS.includes(char))) return Number(digitsOf(chars));
  let total = 0;
  let part = 0;
  let digit = 0;
  let last = Number.POSITIVE_INFINITY;
  for (const char of chars) {
    if (DIGITS.includes(char)) digit = Number(digitsOf([char]));
    else if (UNITS[char] !== undefined) {
      part += (digit || 1) * UNITS[char];
      digit = 0;
    } else {
      const scale = SCALES[char];
      total = scale < last ? total + (part + digit || 1) * scale : (total + part + digit) * scale;
      [part, digit, last] = [0, 0, scale];
    }
  }
  return total + part + digit;
}
