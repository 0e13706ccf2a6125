import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../../data/record.js';
import { leakNotes } from '../../../../report/suspect-notes.js';
import type { Leak } from '../../../../report/suspects.js';
import { random } from '../../../../support/random.js';
import { leaks } from '../../../../train/examine/suspect/leaks.js';
import { load } from '../../../../train/prepare/load.js';
import { dataOf } from '../../../support/trained.js';

/** 200 questions, two answers each, right by a coin; `add` puts in what leaks. */
function found(add: (right: boolean, i: number, draw: () => number) => Partial<AnswerRecord>, questions = 200): Leak[] {
  const draw = random('leaks');
  const records = Array.from({ length: 2 * questions }, (_, i): AnswerRecord => {
    const right = draw.next() < 0.5;
    const words = Array.from({ length: 3 + draw.int(5) }, () => `w${draw.int(500)}`).join(' ');
    return {
      id: `${i}`,
      group: `${i >> 1}`,
      model: i % 2 === 0 ? 'a' : 'b',
      prompt: `${words}?`,
      answer: words,
      labels: [{ value: right ? 1 : 0 }],
      ...add(right, i, draw.next),
    };
  });
  const data = dataOf(records);
  return leaks(
    data,
    Int32Array.from({ length: data.n }, (_, i) => i),
  );
}

const names = (list: Leak[]) => list.map(({ signal, by }) => `${signal} ${by}`);

describe('alarm for leaks', () => {
  it('is raised by a signal that few of many answers have: the sample is taken among those', () => {
    // 12,000 answers of which one question in 100 has it: a third of all would hold some 40 of them, too few to tell.
    const list = found(
      (right, i, draw) => (i % 200 < 2 ? { features: { late: (right ? 1 : 0) + 0.3 * draw() } } : {}),
      6000,
    );
    expect(names(list)).toEqual(['features.late value']);
  });

  it('is silent where no signal alone tells too much', () => {
    expect(found((right, _, draw) => ({ features: { hint: (right ? 1 : 0) + 2 * draw() } }))).toEqual([]);
  });

  it('copies of the label among the features: number, boolean, category, what is recorded only of one side', () => {
    const list = found((right) => ({
      features: { correct: right ? 1 : 0, failed: !right, verdict: right ? 'good' : 'bad', fixedBy: right ? null : 7 },
    }));
    expect(names(list).sort()).toEqual([
      'features.correct value',
      'features.failed value',
      'features.fixedBy recorded',
      'features.verdict value',
    ]);
    for (const { isCopy, kind } of list) expect([isCopy, kind]).toEqual([true, 'feature']);
    expect(list.find(({ signal }) => signal === 'features.failed')?.auroc).toBe(0);
    expect(leakNotes(list).length).toBe(1);
    expect(leakNotes(list)[0]).toContain('is a copy of the label');
  });

  it('a category of its own for every answer copies nothing: the other half of the questions tells its rate', () => {
    expect(found((_, i) => ({ features: { session: `s${i}` } }))).toEqual([]);
  });

  it('a verifier that saw the grade, with its own sentence', () => {
    const list = found((right, _, draw) => ({ verifiers: { judge: Math.min(1, (right ? 0.6 : 0) + 0.5 * draw()) } }));
    expect(names(list)).toEqual(['verifiers.judge value']);
    expect(list[0].auroc).toBeGreaterThan(0.99);
    expect(list[0].isCopy).toBe(false);
    expect(leakNotes(list)[0]).toMatch(/^verifiers\.judge alone .* larger values mean right.*saw the reference/);
  });

  it('form: wrong answers all longer', () => {
    const list = found((right, i) => ({ answer: right ? `w${i}` : `w${i} and so on and so forth it goes` }));
    expect(names(list)).toContain('text.words value');
    expect(list.every(({ kind }) => kind === 'text')).toBe(true);
    expect(leakNotes(list)[0]).toContain('The form of the texts gives the label away');
  });

  it('within (model, task) where it is hidden overall: the two models are opposite in level and sign', () => {
    const list = found((right, i, draw) => ({ features: { x: (i % 2 === 0 ? 0 : 100) + (right ? 10 : 0) + draw() } }));
    const [x] = list;
    expect(names(list)).toEqual(['features.x value']);
    expect(x.auroc).toBeLessThan(0.95);
    expect(x.aurocWithin).toBe(1);
    expect(leakNotes(list)[0]).toContain('within model and task');
  });

  it('too few recorded values raise no alarm', () => {
    expect(found((right, i) => ({ features: { rare: i < 30 ? (right ? 1 : 0) : null } }))).toEqual([]);
  });
});

const shared = process.env.VOUCH_DATA ?? '';
const real: [string, string[], boolean, string?][] = [
  ['SmolLM2', ['examples/smollm2.jsonl.gz'], false],
  ['Gemma', ['examples/gemma.jsonl.gz'], false],
  ['TriviaQA', [join(shared, 'triviaqa-5-systems.jsonl.gz')], false, join(shared, 'triviaqa-5-systems.grades.csv')],
  ['HaluEval', [join(shared, 'halueval-11-judges.jsonl.gz')], true],
];

describe('real answers', () => {
  for (const [name, files, leaksForm, labels] of real) {
    it.skipIf(!files.every((file) => existsSync(file)))(
      `${name}: ${leaksForm ? 'the form betrays the label' : 'silent'}`,
      async () => {
        const { data } = await load(files, { labels }, { topK: 0 });
        const list = leaks(
          data,
          Int32Array.from({ length: data.n }, (_row, i) => i),
        );
        if (!leaksForm) expect(list).toEqual([]);
        else {
          expect(names(list)).toContain('text.words value');
          expect(list.find(({ signal }) => signal === 'text.words')!.auroc).toBeCloseTo(0.0323, 3);
          expect(leakNotes(list)[0]).toContain('The form of the texts gives the label away');
        }
      },
    );
  }
});
