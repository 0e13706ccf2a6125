import { describe, expect, it } from 'vitest';
import { newSummary } from '../../../data/read/summary.js';
import { errorOf, readAll, temporary } from '../temporary.js';

const { put } = temporary();
const lines = (rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const observations = put(
  'obs.jsonl',
  lines([
    { id: 'o1', conversation: 't1', answer: 'x' },
    { id: 'o2', conversation: 't2', answer: 'y' },
    { id: 'o3', conversation: 't2', answer: 'z' },
  ]),
);
const score = (fields: object) => ({
  ...{ id: `s${JSON.stringify(fields).length}`, trace_id: 't1', observation_id: null, name: 'user-feedback', value: 1 },
  ...{ source: 'API', data_type: 'NUMERIC', string_value: null, comment: null },
  ...fields,
});

async function labels(answers: string, scores: object[], options = {}) {
  const file = put('scores.jsonl', lines(scores));
  const { records } = await readAll(answers, { labels: file, ...options });
  return Object.fromEntries(records.map((record) => [record.id, record.labels]));
}

describe('Langfuse scores', () => {
  it('join by observation, else by the trace that holds the answer', async () => {
    const scores = [score({}), score({ trace_id: 't2', observation_id: 'o3', value: 0, source: 'ANNOTATION' })];
    expect(await labels(observations, scores)).toEqual({
      o1: [{ value: 1, name: 'user-feedback', source: 'API' }],
      o2: undefined,
      o3: [{ value: 0, name: 'user-feedback', source: 'ANNOTATION' }],
    });
    expect(await labels(observations, scores, { on: 'id' })).toMatchObject({ o2: undefined, o3: [{ value: 0 }] });
  });

  it('in camelCase, as an API page; categories by their word, texts and corrections are no grades, nor are scores of sessions', async () => {
    const page = {
      data: [
        {
          id: 's1',
          traceId: 't1',
          observationId: 'o1',
          name: 'verdict',
          value: 0,
          stringValue: 'correct',
          dataType: 'CATEGORICAL',
          source: 'EVAL',
        },
        {
          id: 's2',
          traceId: 't2',
          observationId: 'o2',
          name: 'verdict',
          value: 1,
          stringValue: 'False',
          dataType: 'BOOLEAN',
          source: 'EVAL',
        },
        {
          id: 's3',
          traceId: 't2',
          observationId: 'o3',
          name: 'output',
          value: 0,
          stringValue: 'z!',
          dataType: 'CORRECTION',
          source: 'ANNOTATION',
        },
        {
          id: 's4',
          traceId: null,
          sessionId: 'x',
          observationId: null,
          name: 'verdict',
          value: 1,
          dataType: 'NUMERIC',
          source: 'API',
        },
      ],
      meta: { page: 1, totalItems: 4 },
    };
    const file = put('page.json', JSON.stringify(page, null, 2));
    const summary = newSummary();
    const { records } = await readAll(observations, { labels: file, summary });
    expect(records.map((record) => record.labels)).toEqual([
      [{ value: 1, name: 'verdict', source: 'EVAL' }],
      [{ value: 1, name: 'verdict', source: 'EVAL' }],
      undefined,
    ]);
    expect(summary).toMatchObject({ graded: 2, ungraded: 2, strayGrades: 0 });
  });

  it('in a log of traces, scores of their observations are theirs', async () => {
    const traces = put(
      'traces.jsonl',
      lines([
        { id: 't1', answer: 'x' },
        { id: 't2', answer: 'y' },
      ]),
    );
    const scores = [score({ observation_id: 'o1' }), score({ trace_id: 't2', value: 0 })];
    expect(await labels(traces, scores)).toMatchObject({ t1: [{ value: 1 }], t2: [{ value: 0 }] });
  });

  it('a score of a trace with several answers is refused, unless the user means all of them', async () => {
    const scores = [score({}), score({ trace_id: 't2', value: 0 })];
    expect(await errorOf(labels(observations, scores))).toMatchObject({
      code: 'DUPLICATE_ID',
      field: 'trace_id',
      message: expect.stringMatching(/one graded key belongs to several answers: t2 .*--on conversation=trace_id/),
    });
    expect(await labels(observations, scores, { on: 'conversation=trace_id' })).toMatchObject({
      o1: [{ value: 1 }],
      o2: [{ value: 0 }],
      o3: [{ value: 0 }],
    });
  });

  it('of several names are chosen among', async () => {
    const scores = [
      score({ observation_id: 'o1' }),
      score({ observation_id: 'o1', name: 'toxicity', value: 0, source: 'EVAL' }),
    ];
    expect((await errorOf(labels(observations, scores))).message).toMatch(/user-feedback \(1\), toxicity \(1\)/);
    expect(
      await labels(observations, scores, { labelRules: { name: 'user-feedback', source: 'human' } }),
    ).toMatchObject({
      o1: [{ value: 1, name: 'user-feedback', source: 'human' }],
    });
  });
});
