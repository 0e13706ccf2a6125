import { describe, expect, it } from 'vitest';
import type { LabelRules } from '../../../data/grades/rules.js';
import { readLogged } from '../../../data/read/answers.js';
import { errorOf, readAll, temporary } from '../temporary.js';

const { put } = temporary();

/** A log of Langfuse observations with one score each. */
function langfuse(name: string, values: readonly unknown[], more: readonly object[] = []): string {
  const rows = values.map((value, i) => ({
    id: `o${i}`,
    traceId: `t${i}`,
    type: 'GENERATION',
    input: 'Q',
    output: 'A',
    scores: [{ name: 'feedback', source: 'API', ...scoreOf(value) }, ...more],
  }));
  return put(name, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

function scoreOf(value: unknown): object {
  return typeof value === 'number'
    ? { value, dataType: 'NUMERIC' }
    : { value: 0, stringValue: value, dataType: 'CATEGORICAL' };
}

/** An Inspect log with one score per sample. */
function inspect(name: string, values: readonly unknown[]): string {
  const samples = values.map((value, id) => ({
    id,
    epoch: 1,
    input: `Q${id}`,
    target: 'A',
    output: { model: 'm', choices: [{ message: { role: 'assistant', content: 'A' }, stop_reason: 'stop' }] },
    scores: { rubric: { value } },
  }));
  return put(name, JSON.stringify({ version: 2, status: 'success', eval: { task: 't', model: 'm' }, samples }));
}

async function labels(file: string, labelRules: LabelRules = {}) {
  const { records } = await readAll(file, { labelRules });
  return records.map((record) => record.labels?.map(({ value }) => value)[0]);
}

describe('scores in logs, on whatever scale', () => {
  it('thumbs as 1 and -1 are both read', async () => {
    expect(await labels(langfuse('thumbs.jsonl', [1, -1, 1]))).toEqual([1, 0, 1]);
    expect(await labels(inspect('thumbs.json', [-1, 1]))).toEqual([0, 1]);
  });

  it('one star is not taken for right where others have more; stars are read as the user says', async () => {
    for (const file of [
      langfuse('stars.jsonl', [1, 5, 4]),
      langfuse('five-first.jsonl', [5, 1, 4]),
      inspect('stars.json', [1, 5, 4]),
    ]) {
      const error = { code: 'BAD_LABEL', hint: expect.stringMatching(/--label-threshold 4/) };
      expect(await errorOf(labels(file))).toMatchObject(error);
      expect(await errorOf(readAll(file, { badLines: 'skip' }))).toMatchObject(error);
    }
    expect(await labels(langfuse('stars.jsonl', [1, 5, 4]), { threshold: 4 })).toEqual([0, 1, 1]);
    expect(await labels(inspect('stars.json', [1, 5, 3]), { scale: [1, 5] })).toEqual([0, 1, 0.5]);
    expect(await labels(langfuse('high.jsonl', [5, 4]), { name: 'feedback', threshold: 5 })).toEqual([1, 0]);
    expect(await errorOf(labels(langfuse('high.jsonl', [5, 4]), { name: 'feedback' }))).toMatchObject({
      code: 'BAD_LABEL',
      field: 'feedback',
    });
  });

  it('words are read as the user says, also those that mean something by themselves', async () => {
    const file = langfuse('words.jsonl', ['good', 'meh', 'awful']);
    expect(await errorOf(labels(file))).toMatchObject({ code: 'BAD_LABEL', got: 'meh' });
    expect(await labels(file, { values: { good: 1, meh: 0, awful: 0 } })).toEqual([1, 0, 0]);
    expect(await labels(inspect('cipn.json', ['C', 'I', 'P', 'N']), { values: { c: 1, i: 0, p: 0, n: null } })).toEqual(
      [1, 0, 0, undefined],
    );
    expect(await labels(inspect('words.json', ['good', 'meh']), { values: { good: 1, meh: 0 } })).toEqual([1, 0]);
    expect(await errorOf(labels(inspect('letters.json', ['A', 'C'])))).toMatchObject({ code: 'BAD_LABEL', got: 'A' });
  });

  it('numbers that are nobody’s grade stand in no way', async () => {
    const file = langfuse(
      'latency.jsonl',
      [1, 0],
      [{ name: 'latency', value: 532, source: 'EVAL', dataType: 'NUMERIC' }],
    );
    expect(await labels(file)).toEqual([1, 0]);
    for await (const { records } of readLogged([file], {})) {
      expect(records.map((record) => record.labels)).toEqual([
        [{ name: 'feedback', value: 1, source: 'API' }],
        [{ name: 'feedback', value: 0, source: 'API' }],
      ]);
    }
  });
});
