import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { choiceLetter } from '../../../data/label/choice-letter.js';
import { containedAlias } from '../../../data/label/contained-alias.js';
import { exactMatch } from '../../../data/label/exact-match.js';
import type { Labeller } from '../../../data/label/labeller.js';
import { numeric } from '../../../data/label/numeric.js';
import { tokenF1 } from '../../../data/label/token-f1.js';
import type { AnswerRecord } from '../../../data/record.js';
import { readAll } from '../temporary.js';
import { caseRows } from './grade.js';

const graded = (labeller: Labeller, rows: AnswerRecord[]) =>
  Object.fromEntries(rows.map((row) => [row.id, labeller.of(row)]));

describe('inputs that were graded wrongly', () => {
  it('01: signs of kana, Devanagari, Thai and Arabic are letters, accents of Latin are not', () => {
    expect(graded(exactMatch, caseRows('01-label-kana/in.jsonl'))).toEqual({
      kana1: 0,
      kana2: 0,
      hindi1: 0,
      hindi2: 0,
      thai1: 0,
      arabic1: 0,
      latin1: 1,
    });
  });

  it('02: words of languages that write no spaces', () => {
    const rows = caseRows('02-label-cjk-contained/in.jsonl');
    expect(graded(containedAlias, rows)).toEqual({ zh1: 1, ja1: 1, th1: 1, ko1: 1, ar1: 1, en1: 1 });
    expect(graded(tokenF1, rows)).toEqual({
      zh1: (2 * 3) / (7 + 3), // 澳大利亚 的 首都 是 堪 培 拉
      ja1: 2 / (4 + 1), // 首都 は キャンベラ です
      th1: 2 / (4 + 1), // เมือง หลวง คือ แคนเบอร์รา
      ko1: 2 / (4 + 1), // 호주의 수도는 캔버라 입니다
      ar1: 2 / (3 + 1),
      en1: 2 / (3 + 1),
    });
  });

  it('03: the final choice of a chain of thought', () => {
    expect(graded(choiceLetter, caseRows('03-choice-cot/in.jsonl'))).toEqual({
      cot1: 1,
      cot2: 1,
      cot3: 1,
      zh: 1,
      zh2: 1,
      zh3: 1,
      de: 1,
    });
    expect(graded(choiceLetter, caseRows('03-choice-cot/in2.jsonl'))).toEqual({
      'false-right': 0,
      revised: 1,
      'not-b': 1,
    });
  });

  it('04: digits of all scripts, LaTeX, thousands, and the number that is the answer', () => {
    const rows = caseRows('04-numeric-digits/in.jsonl');
    expect(graded(numeric, rows)).toEqual(Object.fromEntries(rows.map(({ id }) => [id, 1])));
    expect(graded(numeric, caseRows('04-numeric-digits/in2.jsonl'))).toEqual({
      'zh-reasoned': 1,
      ko: 1,
      'ja-space': 1,
      'zh-two': 1,
      'year-zh': 1,
      'cjk-false': 0,
    });
  });

  it('30: what stands in think tags is not the answer', async () => {
    const file = resolve(import.meta.dirname, '../../cases/30-think-label/in.jsonl');
    const [wrong, right, choice, number] = (await readAll([file], {})).records;
    expect(containedAlias.of(wrong)).toBe(0);
    expect(exactMatch.of(right)).toBe(1);
    expect(choiceLetter.of(choice)).toBe(1);
    expect(numeric.of(number)).toBe(0);
  });
});
