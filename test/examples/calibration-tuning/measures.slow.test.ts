import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import { abstains, abstentions } from '../../../examples/calibration-tuning/abstentions.js';
import { judgements } from '../../../examples/calibration-tuning/judgements.js';
import { tables } from '../../../examples/calibration-tuning/tables.js';
import { wholePredictor } from '../../../examples/calibration-tuning/whole-predictor.js';
import { readAnswers } from '../../../examples/make/read-answers.js';
import { random } from '../../../support/random.js';

const folder = 'examples/calibration-tuning';

/** Two answers each to two questions; the reference is always 4. */
const answers = ['4', '5', '4', '6'].map((answer, i) => ({
  record: { id: `${i}`, prompt: '2 + 2?', answer, reference: ['4'], grader: 'numeric' } as unknown as AnswerRecord,
  question: i < 2 ? 'first' : 'second',
  right: answer === '4' ? 1 : 0,
}));

describe('judgements', () => {
  it('measures each P(True), and the difference to the one before tuning', () => {
    const before = new Map(answers.map(({ record }) => [record.id, 0.5]));
    const after = new Map(answers.map(({ record, right }) => [record.id, right === 1 ? 0.9 : 0.1]));
    const [first, second] = judgements(answers, new Map(Object.entries({ 0: before, 250: after })), '0', random(1));
    expect(first.difference).toBeNull();
    expect(first.metrics.auroc.value).toBe(0.5);
    expect(first.metrics.brier.value).toBeCloseTo(0.25, 12);
    expect(second.metrics.auroc.value).toBe(1);
    expect(second.metrics.brier.value).toBeCloseTo(0.01, 12);
    expect(second.difference!.brier.value).toBeCloseTo(-0.24, 12);
    expect(second.difference!.auroc.value).toBe(0.5);
  });
});

describe('abstentions', () => {
  it('counts what it answers, how much of that is right, and which right answers are lost', () => {
    // the first is lost, the second is corrected, the third stays right, the fourth abstains rightly
    const said = new Map(Object.entries({ 0: "I don't know.", 1: '2 + 2 = 4', 2: '4', 3: 'I don’t know.' }));
    const found = abstentions(answers, said, random(1));
    expect(found.answers).toBe(4);
    expect(found.rightBefore.value).toBe(0.5);
    expect(found.answered.value).toBe(0.5);
    expect(found.accuracy.value).toBe(1);
    expect(found.accuracyBefore.value).toBe(0.5);
    expect(found.lost.value).toBe(0.5);
  });

  it('takes an abstention as such only at the beginning of the answer', () => {
    expect(abstains('I don’t know.')).toBe(true);
    expect(abstains("I don't know the capital, sorry")).toBe(true);
    expect(abstains("Paris, but I don't know")).toBe(false);
  });
});

describe('wholePredictor', () => {
  const records = readAnswers('examples/smollm2.jsonl.gz').slice(0, 200);
  const how = { folds: 2, learners: ['logistic'] };

  it('gains from a signal that tells right from wrong', async () => {
    const telling = new Map(records.map(({ id, labels }) => [id, labels![0].value === 1 ? 0.9 : 0.1]));
    const gain = await wholePredictor(records, telling, how);
    expect(gain.answers).toBe(200);
    expect(gain.difference.logLoss.high!).toBeLessThan(-0.2);
    expect(gain.with.auroc.value!).toBeGreaterThan(0.99);
  }, 600_000);

  it('gains next to nothing from a constant one', async () => {
    const constant = await wholePredictor(records, new Map(records.map(({ id }) => [id, 0.5])), how);
    expect(constant.difference.logLoss.value).toBeCloseTo(0, 3);
  }, 600_000);
});

describe('README.md', () => {
  // until the recipe was run, there are no results to compare with
  it.skipIf(!existsSync(`${folder}/results.json`))('has the tables of results.json', () => {
    const page = readFileSync(`${folder}/README.md`, 'utf8');
    const results = JSON.parse(readFileSync(`${folder}/results.json`, 'utf8'));
    for (const [name, table] of Object.entries(tables(results))) {
      expect(page).toContain(`<!-- ${name} -->\n${table}\n<!-- /${name} -->`);
    }
  });
});
