import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordSchema } from '../../data/record.js';
import { readFacts } from '../../examples/make/facts.js';
import { questions } from '../../examples/make/questions.js';
import { readAnswers } from '../../examples/make/read-answers.js';
import { shares, table } from '../../examples/make/shares.js';
import { grouped } from './grouped.js';

const facts = readFacts(process.cwd());
const readme = readFileSync('examples/README.md', 'utf8');

/** The shipped sets: what they were made from, and how many answers they must hold. */
const sets = [
  { name: 'smollm2', seed: 1, groups: 1750, ending: '', least: 3000 },
  { name: 'gemma', seed: 2, groups: 520, ending: '\nAnswer:', least: 1000 },
] as const;

for (const { name, seed, groups, ending, least } of sets) {
  const file = `examples/${name}.jsonl.gz`;
  describe(`${name}.jsonl.gz`, () => {
    const records = readAnswers(file);

    it('fits the record, with tokens, samples, P(True) and a label each', () => {
      for (const record of records) {
        expect(recordSchema.safeParse(record).error, record.id).toBeUndefined();
        expect(record.labels?.length, record.id).toBe(1);
        expect(record.labels?.[0].source, record.id).toMatch(/^auto:/);
        expect(record.samples?.length, record.id).toBe(5);
        expect(record.verifiers?.ptrue, record.id).toBeTypeOf('number');
        for (const { top } of record.tokens ?? []) expect(top?.length, record.id).toBe(10);
      }
      expect(records.length).toBeGreaterThanOrEqual(least);
      expect(statSync(file).size).toBeLessThan(25e6);
    });

    it('holds what the generator asks, whole groups only', () => {
      const asked = new Map(questions(seed, groups, facts, ending).map((question) => [question.id, question]));
      for (const { id, group, task, prompt, context, reference } of records) {
        const question = asked.get(id);
        expect({ group, task, prompt, context, reference }).toEqual({
          group: question?.group,
          task: question?.task,
          prompt: question?.prompt,
          context: question?.context,
          reference: question?.reference,
        });
      }
      for (const [group, rows] of grouped(records, (record) => record.group ?? '')) expect(rows.length, group).toBe(2);
    });

    it('has right and wrong answers in plenty in every kind but the control', () => {
      for (const { task, right } of shares(records)) {
        if (task === 'yesno') continue;
        expect(right, task).toBeGreaterThan(0.15);
        expect(right, task).toBeLessThan(0.85);
      }
    });

    it('has the counts that the README shows', () => {
      expect(readme).toContain(table(shares(records)));
    });
  });
}
