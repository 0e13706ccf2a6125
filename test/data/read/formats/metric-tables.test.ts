import { describe, expect, it } from 'vitest';
import { deepeval } from '../../../../data/read/formats/evaluations/deepeval.js';
import { helm } from '../../../../data/read/formats/evaluations/helm.js';
import { mlflowEval } from '../../../../data/read/formats/evaluations/mlflow-eval.js';
import { ragas } from '../../../../data/read/formats/evaluations/ragas.js';
import { openaiEvals } from '../../../../data/read/formats/openai/openai-evals.js';
import { readAll, temporary } from '../../temporary.js';
import { failureOf, partsOf, recordOf, recordsOf } from './reading-as.js';

const { put } = temporary();

const metric = (name: string, score: number | null, success: boolean | null, rest: object = {}): object => ({
  name,
  score,
  success,
  threshold: 0.5,
  ...rest,
});

describe('DeepEval', () => {
  const testCase = {
    name: 'test_case_0',
    input: 'Capital of Australia?',
    actual_output: 'Canberra',
    expected_output: 'Canberra, ACT',
    retrieval_context: ['Canberra is the capital.', { source: 's', context: 'It was chosen in 1908.' }],
    context: ['unused'],
    metrics_data: [
      metric('Correctness [GEval]', 0.4, false),
      metric('Answer Relevancy', 0.9, true),
      metric('Contextual Recall', 1, true),
      metric('My own [GEval]', 0.7, true),
      metric('Faithfulness', null, null, { error: 'judge failed' }),
    ],
    success: false,
    metadata: { topic: 'geo' },
  };
  const record = {
    prompt: 'Capital of Australia?',
    answer: 'Canberra',
    context: ['Canberra is the capital.', 'It was chosen in 1908.'],
    reference: ['Canberra, ACT'],
    labels: [{ value: 0, source: 'deepeval', name: 'Correctness [GEval]' }],
    verifiers: { answer_relevancy: 0.9 },
    scores: { 'Contextual Recall': 1, 'My own [GEval]': 0.7, success: false },
    metadata: { topic: 'geo' },
  };

  it('takes only graded correctness for a label, and only what needs no reference for a verifier', () => {
    expect(recordOf(deepeval, testCase)).toEqual(record);
  });

  it('reads camelCase, test runs and evaluation results', () => {
    const { actual_output, expected_output, retrieval_context, metrics_data, ...rest } = testCase;
    const camel = {
      ...rest,
      actualOutput: actual_output,
      expectedOutput: expected_output,
      retrievalContext: retrieval_context,
      metricsData: metrics_data,
    };
    expect(recordOf(deepeval, camel)).toEqual(record);
    expect(recordsOf(deepeval, { testFile: 'test_qa.py', testCases: [camel, camel] })).toEqual([
      { task: 'test_qa.py', ...record },
      { task: 'test_qa.py', ...record },
    ]);
    expect(recordsOf(deepeval, { test_results: [testCase], confident_link: null })).toEqual([record]);
  });

  it('takes the success of a case without metrics, and the last turn of a conversation', () => {
    expect(recordOf(deepeval, { input: 'q', actualOutput: 'a', success: true })).toEqual({
      prompt: 'q',
      answer: 'a',
      labels: [{ value: 1, source: 'deepeval', name: 'success' }],
    });
    const turns = [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: 'a' },
    ];
    expect(recordOf(deepeval, { turns, metricsData: [], success: true })).toMatchObject({
      messages: [turns[0]],
      answer: 'a',
    });
    expect(failureOf(deepeval, { input: 'q', actual_output: null })).toContain('field "actual_output": has no answer');
    expect(failureOf(deepeval, { turns: turns.slice(0, 1), metricsData: [] })).toContain(
      'field "turns": has no answer',
    );
  });
});

describe('Ragas', () => {
  it('reads rows of both namings; metrics by what they are; columns of the user as they are', () => {
    const metrics = {
      faithfulness: 0.5,
      answer_relevancy: 0.97,
      answer_correctness: 0.6,
      'factual_correctness(mode=f1)': 0.7,
      exact_match: 1,
      user_id: 17,
    };
    const record = {
      user_id: 17,
      prompt: 'q',
      answer: 'a',
      context: ['c1', 'c2'],
      reference: ['r'],
      labels: [{ value: 1, source: 'ragas', name: 'exact_match' }],
      verifiers: { faithfulness: 0.5, answer_relevancy: 0.97 },
      scores: { answer_correctness: 0.6, 'factual_correctness(mode=f1)': 0.7 },
    };
    expect(
      recordOf(ragas, { user_input: 'q', response: 'a', retrieved_contexts: ['c1', 'c2'], reference: 'r', ...metrics }),
    ).toEqual(record);
    expect(
      recordOf(ragas, { question: 'q', answer: 'a', contexts: ['c1', 'c2'], ground_truths: ['r'], ...metrics }),
    ).toEqual(record);
    expect(ragas.detect({ question: 'q', answer: 'a', contexts: [], prompt: 'p' })).toBeNull();
  });

  it('reads the CSV that pandas writes of it', async () => {
    const text = [
      'user_input,retrieved_contexts,response,reference,faithfulness,exact_match',
      `q,"['c1', ""c'2""]",a,"r, s",0.5,1.0`,
      'q2,[],a2,r2,,0.0',
    ];
    const { records } = await readAll(put('ragas.csv', text.join('\n')));
    expect(
      records.map(({ prompt, answer, context, reference, verifiers, labels }) => [
        prompt,
        answer,
        context,
        reference,
        verifiers,
        labels?.[0].value,
      ]),
    ).toEqual([
      ['q', 'a', ['c1', "c'2"], ['r, s'], { faithfulness: 0.5 }, 1],
      ['q2', 'a2', undefined, ['r2'], undefined, 0],
    ]);
  });

  it('reads conversations and several responses', () => {
    const human = { type: 'human', content: 'q' };
    expect(recordOf(ragas, { user_input: [human, { type: 'ai', content: 'a', tool_calls: null }] })).toEqual({
      messages: [{ role: 'user', content: 'q' }],
      answer: 'a',
    });
    expect(
      recordOf(ragas, { user_input: [human, { type: 'ai', content: '', tool_calls: [{ name: 'f', args: {} }] }] }),
    ).toMatchObject({ answer: null, finish: 'tool_calls' });
    expect(recordOf(ragas, { user_input: 'q', multi_responses: ['a', 'b'] })).toEqual({
      prompt: 'q',
      answer: 'a',
      samples: [{ answer: 'b' }],
    });
    expect(failureOf(ragas, { user_input: [human] })).toContain('whose last message is from the model');
    expect(failureOf(ragas, { user_input: 'q', response: null })).toContain('has no answer');
  });
});

describe('MLflow evaluation tables', () => {
  const columns = [
    'inputs',
    'ground_truth',
    'outputs',
    'token_count',
    'exact_match/v1/score',
    'toxicity/v1/score',
    'answer_correctness/v1/score',
    'answer_correctness/v1/justification',
    'customer',
  ];
  const record = {
    customer: 'acme',
    prompt: 'q',
    answer: 'a',
    reference: ['r'],
    labels: [{ value: 1, source: 'mlflow', name: 'exact_match' }],
    verifiers: { toxicity: 0.01 },
    scores: { answer_correctness: 4 },
  };
  const values = ['q', 'r', 'a', 3, 1, 0.01, 4, 'because', 'acme'];

  it('reads the table in one, and its rows', () => {
    expect(recordsOf(mlflowEval, { columns, data: [values, values] })).toEqual([record, record]);
    expect(recordOf(mlflowEval, Object.fromEntries(columns.map((name, i) => [name, values[i]])))).toEqual(record);
    expect(mlflowEval.detect({ columns: ['a'], data: [[1, 2]] })).toBeNull();
    expect(mlflowEval.detect({ columns: 3, data: [] })).toBeNull();
    expect(partsOf(mlflowEval, { columns, data: [] })).toEqual([]);
  });

  it('reads results of MLflow 3: verdicts of judges, inputs and outputs that are objects', () => {
    const row = {
      trace_id: 'tr-1',
      inputs: { question: 'q', lang: 'en' },
      outputs: { response: 'a' },
      expectations: { expected_response: 'r' },
      'correctness/value': 'yes',
      'correctness/rationale': 'same',
      'safety/value': 'no',
      'tone/value': 'rude',
    };
    expect(recordOf(mlflowEval, row)).toEqual({
      id: 'tr-1',
      prompt: 'q',
      answer: 'a',
      reference: ['r'],
      labels: [{ value: 1, source: 'mlflow', name: 'correctness' }],
      verifiers: { safety: 0 },
      scores: { tone: 'rude' },
    });
    const chat = { choices: [{ message: { content: 'a' }, finish_reason: 'stop' }] };
    const messages = [{ role: 'user', content: 'q' }];
    expect(recordOf(mlflowEval, { ...row, inputs: { messages }, outputs: chat })).toMatchObject({
      messages,
      answer: 'a',
      finish: 'stop',
    });
  });

  it('sets rows without an answer aside', () => {
    expect(failureOf(mlflowEval, { columns: ['inputs', 'outputs'], data: [['q', null]] })).toContain(
      'field "outputs": has no answer',
    );
    expect(failureOf(mlflowEval, { columns: ['a', 'b'], data: [['q', 'r']] })).toContain(
      'expected a column outputs, output, predictions',
    );
    expect(
      failureOf(mlflowEval, { columns: ['inputs', 'outputs', 'error_message'], data: [['q', null, 'boom']] }),
    ).toContain('the request failed: boom');
  });
});

describe('OpenAI Evals', () => {
  const event = (type: string, data: object, sample_id = 's1'): Record<string, unknown> => ({
    run_id: 'r',
    event_id: 1,
    sample_id,
    type,
    data,
    created_by: '',
    created_at: '2026-11-20 10:00:00+00:00',
  });

  it('joins the events of one sample', () => {
    const messages = [{ role: 'user', content: 'q' }];
    const events = [
      event('sampling', { prompt: messages, sampled: ['a', 'b'] }),
      event('match', { correct: false, expected: ['r'], picked: null }),
    ];
    expect(events.map((each) => openaiEvals.pieceOf?.(each))).toEqual(['r/s1', 'r/s1']);
    expect(events.map((each) => openaiEvals.isLast?.(each))).toEqual([false, true]);
    expect(recordOf(openaiEvals, openaiEvals.join?.(events))).toEqual({
      id: 'r/s1',
      group: 's1',
      time: '2026-11-20T10:00:00+00:00',
      messages,
      answer: 'a',
      samples: [{ answer: 'b' }],
      reference: ['r'],
      labels: [{ value: 0, source: 'openai-evals', name: 'match' }],
    });
  });

  it('joins events of samples that are mixed in a file, behind the line with the settings', async () => {
    const rows = [
      { spec: { run_id: 'r', eval_name: 'e' } },
      event('sampling', { prompt: 'q1', sampled: ['a1'] }, 's1'),
      event('sampling', { prompt: 'q2', sampled: 'a2' }, 's2'),
      event('match', { correct: true, expected: 'a2' }, 's2'),
      event('match', { correct: false, expected: 'r1' }, 's1'),
      event('sampling', { prompt: 'q3', sampled: ['a3'] }, 's3'),
      { final_report: { accuracy: 0.5 } },
    ];
    const { records, bad } = await readAll(put('evals.jsonl', rows.map((row) => JSON.stringify(row)).join('\n')));
    expect(bad).toEqual([]);
    expect(records.map(({ id, prompt, answer, labels }) => [id, prompt, answer, labels?.[0].value])).toEqual([
      ['r/s2', 'q2', 'a2', 1],
      ['r/s1', 'q1', 'a1', 0],
      ['r/s3', 'q3', 'a3', undefined],
    ]);
  });

  it('leaves other rows with events alone', () => {
    expect(openaiEvals.detect({ name: 'chat', events: [{ name: 'gen_ai.choice' }] })).toBeNull();
    expect(openaiEvals.detect({ run_id: 'r', type: 'x', data: {} })).toBeNull();
    expect(openaiEvals.detect({ apiVersion: 'v1', kind: 'Pod', spec: {} })).toBeNull();
  });

  it('passes over settings, reports and events without an answer, and sets errors aside', () => {
    expect(partsOf(openaiEvals, { spec: { run_id: 'r', eval_name: 'e' } })).toEqual([
      { passed: 'the settings or the report of the run' },
    ]);
    expect(partsOf(openaiEvals, { events: [event('metrics', { accuracy: 1 })] })).toEqual([
      { passed: 'an event without an answer (metrics)' },
    ]);
    expect(failureOf(openaiEvals, { events: [event('error', { type: 'x', message: 'boom' })] })).toContain(
      'the request failed: boom',
    );
  });
});

describe('HELM', () => {
  const state = {
    instance: {
      input: { text: 'q' },
      references: [
        { output: { text: 'iron' }, tags: ['correct'] },
        { output: { text: 'wood' }, tags: [] },
      ],
      id: 'id7',
    },
    reference_index: null,
    request_mode: null,
    train_trial_index: 0,
    output_mapping: { A: 'wood', B: 'iron' },
    request: { model: 'openai/gpt', prompt: 'Q: q\nA:', temperature: 0, max_tokens: 5 },
    result: {
      success: true,
      completions: [
        {
          text: ' B',
          tokens: [{ text: ' B', logprob: -0.5, top_logprobs: { ' B': -0.5, ' A': -1 } }],
          finish_reason: { reason: 'endoftext' },
        },
        { text: ' A', tokens: [] },
      ],
    },
  };
  const log = (...request_states: object[]): object => ({ adapter_spec: { model: 'openai/gpt' }, request_states });
  const FILE = '/runs/v1/mmlu:subject=anatomy,model=openai_gpt/scenario_state.json';

  it('reads a generated answer with its tokens; names it by the folder of the run', () => {
    const { instance } = state;
    const changed = { ...state, instance: { ...instance, perturbation: { name: 'typos' } } };
    const records = recordsOf(helm, log(state, changed), FILE);
    expect(records[0]).toEqual({
      id: 'mmlu:subject=anatomy,model=openai_gpt/id7/0',
      group: 'mmlu:subject=anatomy/id7',
      task: 'mmlu',
      model: 'openai/gpt',
      prompt: 'Q: q\nA:',
      answer: ' B',
      finish: 'stop',
      tokens: [
        {
          token: ' B',
          logprob: -0.5,
          top: [
            { token: ' B', logprob: -0.5 },
            { token: ' A', logprob: -1 },
          ],
        },
      ],
      samples: [{ answer: ' A' }],
      decoding: { temperature: 0, max_tokens: 5 },
      reference: ['B'],
    });
    expect(records[1]).toMatchObject({
      id: 'mmlu:subject=anatomy,model=openai_gpt/id7/0/typos',
      group: 'mmlu:subject=anatomy/id7',
    });
    expect(recordOf(helm, log(state))).not.toHaveProperty('group');
  });

  it('leaves out zeros that stand for no log-probabilities, and scored options; sets failed requests aside', () => {
    const zeros = {
      ...state,
      output_mapping: null,
      result: { success: true, completions: [{ text: 'iron', tokens: [{ text: 'iron', logprob: 0 }] }] },
    };
    expect(recordOf(helm, log(zeros))).toMatchObject({ answer: 'iron', reference: ['iron'] });
    expect(recordOf(helm, log(zeros))).not.toHaveProperty('tokens');
    expect(partsOf(helm, log({ ...state, reference_index: 1, request_mode: 'original' }))).toEqual([
      { passed: 'the score of a given option, not an answer of the model' },
    ]);
    expect(failureOf(helm, log({ ...state, result: { success: false, error: 'timeout', completions: [] } }))).toContain(
      'the request failed: timeout',
    );
    expect(failureOf(helm, log({ ...state, result: null }))).toContain('has no answer');
  });
});
