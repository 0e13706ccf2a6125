import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../../data/record.js';
import { fleissKappa } from '../../../../metrics/raters/fleiss-kappa.js';
import { krippendorffAlpha } from '../../../../metrics/raters/krippendorff-alpha.js';
import { raterNotes } from '../../../../report/raters/notes.js';
import { random } from '../../../../support/random.js';
import { ratersOf } from '../../../../train/examine/raters/raters.js';
import { dataOf } from '../../../support/trained.js';

const words = (n: number) => Array.from({ length: n }, (_, i) => `word${i}`).join(' ');

/** 400 questions; Ann and Bob grade, `judge` likes long answers, `coin` does not look, each in both orders. */
function made(): AnswerRecord[] {
  const draw = random('raters').fork('test');
  return Array.from({ length: 400 }, (_, q) => {
    const right = q % 4 > 0;
    const isLong = q % 8 > 3;
    const person = () => (draw.next() < 0.9 ? right : !right);
    const judge = draw.next() < (right ? 0.8 : 0.3) + (isLong ? 0.2 : -0.2) ? 0.9 : 0.2;
    return {
      ...{ id: `${q}`, group: `${q}`, prompt: `Question ${q}?`, answer: words(isLong ? 12 : 3) },
      verifiers: { judge, 'judge.orderGap': q % 2 === 0 ? 0.4 : 0, coin: draw.next(), perplexity: 7 + q },
      labels: [
        { value: person() ? 1 : 0, source: 'human', rater: 'Ann' },
        { value: person() ? 1 : 0, source: 'human', rater: 'Bob' },
      ],
    };
  });
}

describe('how reliable raters are', () => {
  const records = made();
  const raters = ratersOf(dataOf(records), random(1));
  const named = (name: string) => raters?.rows.find((row) => row.name === name);

  it('lists people and verifiers with scores in 0..1, and nothing that is no verdict', () => {
    expect(raters?.rows.map(({ name, kind, rated }) => [name, kind, rated])).toEqual([
      ['Ann', 'person', 400],
      ['Bob', 'person', 400],
      ['judge', 'verifier', 400],
      ['coin', 'verifier', 400],
    ]);
  });

  it('compares a person with the other people, and a verifier with all of them', () => {
    const labels = records.map(({ labels: given }) => (given ?? []).map(({ value }) => value));
    const same = labels.filter(([ann, bob]) => ann === bob).length;
    expect(named('Ann')?.people).toMatchObject({ answers: 400, questions: 400, agree: same / 400 });
    expect(named('Bob')?.people?.kappa.value).toBeCloseTo(named('Ann')?.people?.kappa.value ?? 0, 12);
    const { kappa } = named('coin')?.people ?? {};
    expect(kappa?.low).toBeLessThan(0);
    expect(kappa?.high).toBeGreaterThan(0);
  });

  it('finds that the judge prefers long answers and that the coin does not', () => {
    expect(named('judge')?.people?.lengthBias.low).toBeGreaterThan(0.1);
    expect(named('coin')?.people?.lengthBias.low).toBeLessThan(0);
    expect(named('coin')?.people?.lengthBias.high).toBeGreaterThan(0);
    expect(raterNotes(raters).join('\n')).toMatch(/judge scores longer answers higher at equal truth/);
  });

  it('knows how much the order changes a verdict', () => {
    expect(named('judge')?.orderGap?.value).toBeCloseTo(0.2, 12);
    expect(named('coin')?.orderGap).toBeNull();
  });

  it('agrees with the measures over whole counts', () => {
    const counts = records.flatMap(({ labels }) => {
      const ones = (labels ?? []).filter(({ value }) => value === 1).length;
      return [2 - ones, ones];
    });
    const [people, all] = raters?.together ?? [];
    expect([people.who, people.raters, all.raters]).toEqual(['people', 2, 4]);
    expect(people.fleiss.value).toBeCloseTo(fleissKappa(counts, 2), 12);
    expect(people.alpha.value).toBeCloseTo(krippendorffAlpha(counts, 2), 12);
  });

  it("Dawid and Skene's model finds the good raters", () => {
    expect(raters?.model).toMatchObject({ raters: 4, answers: 400, converged: true });
    expect(Math.abs((named('Ann')?.sensitivity ?? 0) - 0.9)).toBeLessThan(0.07);
    expect(Math.abs((named('coin')?.sensitivity ?? 0) - 0.5)).toBeLessThan(0.1);
  });

  it('says nothing about a single rater, or about rules and one verifier', () => {
    const single = records.map((record) => ({ ...record, verifiers: null, labels: record.labels?.slice(0, 1) }));
    expect(ratersOf(dataOf(single), random(1))).toBeNull();
    const rules = records.map((record) => ({
      ...record,
      verifiers: { judge: 0.9 },
      labels: [{ value: 1, source: 'auto:numeric' }],
    }));
    expect(ratersOf(dataOf(rules), random(1))).toBeNull();
  });
});
