import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compared } from '../../../../bench/formats/compare.js';
import { readAnswers, readLogged } from '../../../../data/read/answers.js';
import type { AnswerRecord } from '../../../../data/record.js';
import { temporary } from '../../temporary.js';

const { folder } = temporary();
const root = resolve(import.meta.dirname, '../../../..');
const answers = join(root, 'examples/smollm2.jsonl.gz');
execFileSync(process.execPath, [join(root, 'test/cases/formats/make-formats.mjs'), answers, folder], {
  stdio: 'ignore',
});

const expected: AnswerRecord[] = [];
for await (const { records } of readAnswers([answers], {})) expected.push(...records);
const wrapped = expected.filter(({ id }) => id.endsWith('-a')).filter((_, i) => i % 5 === 0);

describe('301 shipped answers in the logs of evaluation tools', () => {
  const all = { read: 301, noAnswer: 0, bad: 0, passed: 0, answer: 301, prompt: 301, label: 301, reference: 301 };
  const none = { tokens: 0, alternatives: 0 };

  it.each([
    ['samples_gsm8k_2026-11-20T10-00-00.000000.jsonl', { ...all, ...none, formats: ['lm-eval'] }],
    ['promptfoo.json', { ...all, ...none, formats: ['promptfoo'] }],
    ['promptfoo.jsonl', { ...all, ...none, formats: ['promptfoo'] }],
    ['inspect.json', { ...all, tokens: 301, alternatives: 301, formats: ['inspect'] }],
    ['records_array.json', { ...all, ...none, reference: 0, formats: ['jsonl'] }],
  ])('%s', async (file, counts) => {
    expect(await compared([join(folder, file)], wrapped)).toEqual(counts);
  });

  it('samples_arc…: the most likely option, all options, both accuracies', async () => {
    const file = 'samples_arc_2026-11-20T10-00-00.000000.jsonl';
    const records = [];
    for await (const batch of readLogged([join(folder, file)], {})) records.push(...batch.records);
    const masses = [-3.2, -1.1, -4, -5].map((logprob) => Math.exp(logprob));
    const total = masses.reduce((sum, mass) => sum + mass, 0);
    expect(records.length).toBe(301);
    for (const [i, record] of records.entries()) {
      expect(record).toMatchObject({ id: `arc/${i}`, task: 'arc', answer: 'B', reference: ['B'] });
      expect(record.prompt).toBe(`Q: ${wrapped[i].prompt}\nA:`);
      expect(Object.keys(record.choices ?? {})).toEqual(['A', 'B', 'C', 'D']);
      for (const [j, p] of Object.values(record.choices ?? {}).entries()) expect(p).toBeCloseTo(masses[j] / total, 12);
      const value = wrapped[i].labels?.[0].value;
      expect(record.labels).toMatchObject([
        { value, name: 'acc' },
        { value, name: 'acc_norm' },
      ]);
    }
  });
});
