import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import type { EquationWorth } from '../../../report/results.js';
import { random } from '../../../support/random.js';
import { withoutEquations } from '../../../train/examine/without-equations.js';
import { inlinePool } from '../../../train/learn/pool/pool.js';
import { sheetOf } from '../../../train/learn/sheet.js';
import { matrixOf } from '../../../train/prepare/matrix.js';
import { tf } from '../../support/tf-cpu.js';
import { dataOf } from '../../support/trained.js';

/** Sums whose answer states an equation that is right exactly if the answer is, and facts without equations. */
function madeRecords(n: number): AnswerRecord[] {
  const draw = random('equations');
  return Array.from({ length: n }, (_, i): AnswerRecord => {
    const isRight = draw.next() < 0.5;
    const [a, b] = [draw.int(50), draw.int(50)];
    const isSum = i % 2 === 0;
    return {
      id: `q${i}`,
      group: `q${i}`,
      model: 'm',
      task: isSum ? 'sums' : 'facts',
      prompt: isSum ? `What is ${a} + ${b}?` : `Who found fact ${i}?`,
      answer: isSum ? `${a} + ${b} = ${a + b + (isRight ? 0 : 1)}` : 'Somebody.',
      features: { hint: (isRight ? 1 : 0) + draw.normal() },
      labels: [{ value: isRight ? 1 : 0 }],
    };
  });
}

const records = madeRecords(400);
const fit = Int32Array.from({ length: 300 }, (_, i) => i);
const certify = Int32Array.from({ length: 100 }, (_, i) => 300 + i);
const half = { before: null, vouch: new Float64Array(100).fill(0.5) };

async function measured(some: AnswerRecord[], isFull = false): Promise<EquationWorth | undefined> {
  const data = dataOf(some);
  const sheet = sheetOf(data, matrixOf(data, fit));
  const judged = { rows: certify, ...half };
  return withoutEquations({
    ...{ pool: inlinePool(tf), data, sheet, parts: { fit, certify }, fold: null, judged, isFull },
    ridge: { penalty: 1, adaptive: 0 },
  });
}

describe('on answers whose equations decide one task', () => {
  let found: EquationWorth;
  beforeAll(async () => {
    found = (await measured(records)) as EquationWorth;
  });

  it('leaves out the signals that check them, and no other', () => {
    expect(found.signals).toEqual(['text.equations', 'text.falseEquations']);
  });

  it('has a row for all answers and one for each task', () => {
    expect(found.tasks.map(({ task, answers }) => [task, answers])).toEqual([
      [null, 100],
      ['sums', 50],
      ['facts', 50],
    ]);
    for (const { by } of found.tasks) {
      expect(by.before).toBe(null);
      expect(by.vouch.logLoss).toBeCloseTo(Math.LN2, 12);
    }
  });

  it('shows that without them the sums are only guessed, and the facts are as before', () => {
    const [all, sums, facts] = found.tasks.map(({ by }) => by);
    expect(sums.linear.auroc).toBe(1);
    expect(sums.linear.logLoss).toBeLessThan(0.2);
    expect(sums.withoutEquations.auroc).toBeLessThan(0.95);
    expect(sums.withoutEquations.logLoss).toBeGreaterThan(0.4);
    expect(Math.abs(facts.withoutEquations.logLoss - facts.linear.logLoss)).toBeLessThan(0.15);
    expect(all.linear.logLoss).toBeCloseTo((sums.linear.logLoss + facts.linear.logLoss) / 2, 10);
  });
});

it('is not computed if no answer has an equation', async () => {
  expect(await measured(records.map((record) => ({ ...record, answer: 'Somebody.' })))).toBe(undefined);
});
