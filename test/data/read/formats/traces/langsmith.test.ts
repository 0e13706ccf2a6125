import { describe, expect, it } from 'vitest';
import { langsmith } from '../../../../../data/read/formats/traces/langsmith.js';
import { captured, formatOf, partsOf, recordOf } from '../parts-of.js';

const run = (more: object) => ({
  id: 'r1',
  trace_id: 't1',
  session_id: 'project-1',
  name: 'ChatOpenAI',
  run_type: 'llm',
  start_time: '2026-01-05T10:00:00',
  inputs: { messages: [{ role: 'user', content: 'Capital of Australia?' }] },
  outputs: { choices: [{ index: 0, message: { role: 'assistant', content: 'Canberra' }, finish_reason: 'stop' }] },
  ...more,
});

describe('LangSmith', () => {
  it('reads runs as LangChain and the wrapper of OpenAI send them', () => {
    const rows = captured('langsmith-runs.jsonl');
    expect(rows.map(formatOf)).toEqual(rows.map(() => 'langsmith'));
    const [chain, prompt, first, called, two, wrapped] = rows.map((row) => partsOf(langsmith, row)[0]);
    expect([chain, prompt]).toEqual([
      'passed: a run of type chain, not a model call',
      'passed: a run of type prompt, not a model call',
    ]);
    const tokens = [
      { token: 'Can', logprob: -0.1, top: [{ token: 'Can', logprob: -0.1 }] },
      { token: 'berra', logprob: -0.02 },
    ];
    expect(first).toEqual({
      id: '01a22884-31c2-7642-b797-70ccfc036086',
      conversation: 'th1',
      name: 'ChatOpenAI',
      tags: ['seq:step:2'],
      model: 'gpt-4o-2024-11-20',
      time: '2026-11-29T18:14:41.858899+00:00',
      decoding: { temperature: 0 },
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Capital of Australia?' },
      ],
      answer: 'Canberra',
      finish: 'stop',
      tokens,
    });
    expect(called).toMatchObject({
      answer: null,
      finish: 'tool_calls',
      conversation: '01a22884-3216-7647-81d2-2e49936bdd68',
    });
    expect(two).toMatchObject({ answer: 'Canberra', samples: [{ answer: 'Sydney', temperature: 0.8 }] });
    expect(wrapped).toMatchObject({
      messages: [{ role: 'user', content: 'Capital of Australia?' }],
      answer: 'Canberra',
      tokens,
    });
  });

  it('never takes the project for a session or conversation; takes threads from metadata', () => {
    expect(recordOf(langsmith, run({}))).toEqual({
      id: 'r1',
      conversation: 't1',
      name: 'ChatOpenAI',
      time: '2026-01-05T10:00:00Z',
      messages: [{ role: 'user', content: 'Capital of Australia?' }],
      answer: 'Canberra',
      finish: 'stop',
    });
    const extra = { metadata: { conversation_id: 'c1', session_id: 's1', ls_model_name: 'gpt-4o' } };
    expect(recordOf(langsmith, run({ extra }))).toMatchObject({ conversation: 'c1', session: 's1', model: 'gpt-4o' });
  });

  it('reads bulk exports, where inputs and outputs are JSON in texts, completions, and message dictionaries', () => {
    const { inputs, outputs } = run({});
    const bulk = run({
      inputs: JSON.stringify(inputs),
      outputs: JSON.stringify(outputs),
      extra: '{"invocation_params":{"model":"m"}}',
    });
    expect(recordOf(langsmith, bulk)).toMatchObject({ answer: 'Canberra', model: 'm', messages: [{}] });
    const completion = run({
      inputs: { prompts: ['Human: Hi'] },
      outputs: { generations: [[{ text: 'Hello', generation_info: { finish_reason: 'length' } }]] },
    });
    expect(recordOf(langsmith, completion)).toMatchObject({ prompt: 'Human: Hi', answer: 'Hello', finish: 'length' });
    const dictionary = run({
      outputs: {
        messages: [
          { type: 'human', data: { content: 'Hi' } },
          { type: 'ai', data: { content: 'Hello' } },
        ],
      },
    });
    expect(recordOf(langsmith, dictionary).answer).toBe('Hello');
    const blocks = [
      { type: 'thinking', thinking: 'Hm.' },
      { type: 'text', text: 'Hello' },
    ];
    expect(recordOf(langsmith, run({ outputs: { role: 'assistant', content: blocks } }))).toMatchObject({
      answer: 'Hello',
      reasoning: 'Hm.',
    });
  });

  it('takes feedback as labels, the averages or each', () => {
    const feedback_stats = {
      user_score: { n: 2, avg: 0.5 },
      stars: { n: 1, avg: 4 },
      none: { n: 0, avg: null },
      verdict: { n: 1, avg: null, values: { correct: 1 } },
    };
    expect(recordOf(langsmith, run({ feedback_stats })).labels).toEqual([
      { name: 'user_score', value: 0.5 },
      { name: 'stars', value: 4, maybe: true },
      { name: 'verdict', value: 1, raw: 'correct' },
    ]);
    const feedback = [
      { key: 'correctness', score: 1, feedback_source: { type: 'app' } },
      { key: 'correctness', score: 0, feedback_source: { type: 'model' } },
    ];
    expect(recordOf(langsmith, run({ feedback, feedback_stats })).labels).toEqual([
      { name: 'correctness', value: 1, source: 'app' },
      { name: 'correctness', value: 0, source: 'model' },
    ]);
  });

  it('fails runs that failed or are pending, and those of several prompts; reads pages and nested runs', () => {
    expect(partsOf(langsmith, run({ error: 'RateLimitError(429)\nTraceback', outputs: null }))).toEqual([
      'failed: field "error": the request failed: RateLimitError(429). [VOUCH_BAD_RECORD]',
    ]);
    expect(partsOf(langsmith, run({ outputs: null }))[0]).toContain('has no answer');
    expect(partsOf(langsmith, run({ outputs: { generations: [[{ text: 'a' }], [{ text: 'b' }]] } }))[0]).toContain(
      'several prompts at once',
    );
    const page = { runs: [run({ run_type: 'chain', child_runs: [run({})] }), run({ id: 'r2' })] };
    expect(formatOf(page)).toBe('langsmith');
    expect(partsOf(langsmith, page)).toMatchObject([
      'passed: a run of type chain, not a model call',
      { id: 'r1' },
      { id: 'r2' },
    ]);
  });
});
