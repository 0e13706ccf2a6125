// Wraps 301 of the shipped answers in the log formats people store them in: node make-formats.mjs ANSWERS.jsonl.gz OUT_FOLDER
// Shapes were looked up in public documentation and logs; check them at the source. Contents: the shipped answers.
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const all = gunzipSync(readFileSync(process.argv[2])).toString().trim().split('\n').map(JSON.parse);
// every 5th question, one phrasing -> ~300 rows over all tasks
const rows = all.filter((r) => r.id.endsWith('-a')).filter((_, i) => i % 5 === 0);
const label = (r) => r.label ?? r.labels?.[0]?.value;
console.error(rows.length, Object.keys(rows[0]), JSON.stringify(rows[0].label), rows[0].labelSource);
const D = process.argv[3].replace(/\/?$/, '/');
const w = (f, a) => writeFileSync(D + f, a.map((x) => JSON.stringify(x)).join('\n') + '\n');
const msgs = (r) => [
  { role: 'system', content: 'You are a helpful assistant.' },
  {
    role: 'user',
    content:
      (r.context?.length
        ? 'Context:\n' + r.context.map((c) => (typeof c === 'string' ? c : c.text)).join('\n') + '\n\n'
        : '') + r.prompt,
  },
];
const lp = (r) => ({
  content: r.tokens.map((t) => ({
    token: t.token,
    bytes: [...Buffer.from(t.token)],
    logprob: t.logprob,
    top_logprobs: (t.top ?? [])
      .slice(0, 5)
      .map((x) => ({ token: x.token, bytes: [...Buffer.from(x.token)], logprob: x.logprob })),
  })),
  refusal: null,
});
const chat = (r, i) => ({
  id: 'chatcmpl-' + i.toString(36).padStart(6, '0'),
  object: 'chat.completion',
  created: 1764000000 + i,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: r.answer, refusal: null, annotations: [] },
      logprobs: lp(r),
      finish_reason: r.finish ?? 'stop',
    },
  ],
  usage: { prompt_tokens: 20, completion_tokens: r.tokens.length, total_tokens: 20 + r.tokens.length },
  service_tier: 'default',
  system_fingerprint: 'fp_44709d6fcb',
});
const req = (r) => ({ model: 'gpt-4o-mini', messages: msgs(r), temperature: 0, logprobs: true, top_logprobs: 5 });
const id = (i) => 'req-' + String(i).padStart(5, '0');
// 1 litellm StandardLoggingPayload
const litellm = (r, i) => ({
  id: 'chatcmpl-' + i,
  trace_id: id(i),
  litellm_call_id: id(i),
  call_type: 'acompletion',
  response_cost: 0.00012,
  status: 'success',
  total_tokens: 40,
  prompt_tokens: 20,
  completion_tokens: 20,
  startTime: 1764000000 + i,
  endTime: 1764000001 + i,
  completionStartTime: 1764000000.4 + i,
  response_time: 1,
  model_map_information: {},
  model: 'gpt-4o-mini',
  model_id: 'abc',
  model_group: 'gpt-4o-mini',
  custom_llm_provider: 'openai',
  api_base: 'https://api.openai.com',
  metadata: { user_api_key_hash: 'h', user_api_key_alias: 'team', requester_metadata: { feature: 'faq' } },
  cache_hit: false,
  cache_key: null,
  saved_cache_cost: 0,
  request_tags: ['faq'],
  end_user: 'u1',
  requester_ip_address: '10.0.0.1',
  messages: msgs(r),
  response: chat(r, i),
  error_str: null,
  error_information: null,
  model_parameters: { temperature: 0, logprobs: true, top_logprobs: 5 },
  hidden_params: { model_id: 'abc', response_cost: 0.00012 },
});
const ll = rows.map(litellm);
ll[3] = { ...ll[3], status: 'failure', response: {}, error_str: 'litellm.RateLimitError: 429' };
w('litellm.jsonl', ll);
// 2 proxy request/response
w(
  'proxy.jsonl',
  rows.map((r, i) => ({
    id: id(i),
    timestamp: new Date(1764000000000 + i * 1000).toISOString(),
    request: req(r),
    response: chat(r, i),
    status: 200,
    latency_ms: 812,
  })),
);
// 2b with errors & tool calls & stream mixed in
w(
  'proxy_messy.jsonl',
  rows.map((r, i) => {
    const base = {
      id: id(i),
      timestamp: new Date(1764000000000 + i * 1000).toISOString(),
      request: req(r),
      response: chat(r, i),
      status: 200,
    };
    if (i % 40 === 7)
      return {
        ...base,
        status: 429,
        response: { error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' } },
      };
    if (i % 40 === 13) {
      const c = chat(r, i);
      c.choices[0].message = {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'lookup', arguments: '{}' } }],
      };
      c.choices[0].finish_reason = 'tool_calls';
      c.choices[0].logprobs = null;
      return { ...base, response: c };
    }
    if (i % 40 === 21)
      return {
        ...base,
        request: { ...req(r), stream: true },
        response: r.tokens.map((t) => ({
          id: 'c',
          object: 'chat.completion.chunk',
          model: 'gpt-4o-mini',
          choices: [{ index: 0, delta: { content: t.token }, logprobs: null, finish_reason: null }],
        })),
      };
    return base;
  }),
);
// 3 batch
w(
  'batch_in.jsonl',
  rows.map((r, i) => ({ custom_id: id(i), method: 'POST', url: '/v1/chat/completions', body: req(r) })),
);
w(
  'batch_out.jsonl',
  rows.map((r, i) => ({
    id: 'batch_req_' + i,
    custom_id: id(i),
    response: { status_code: 200, request_id: 'x' + i, body: chat(r, i) },
    error: null,
  })),
);
w(
  'batch_err.jsonl',
  rows.slice(0, 5).map((_, i) => ({
    id: 'batch_req_' + i,
    custom_id: id(i),
    response: {
      status_code: 400,
      request_id: 'x' + i,
      body: { error: { message: 'bad', type: 'invalid_request_error' } },
    },
    error: null,
  })),
);
// 4/5/6 responses api
const resp = (r, i) => ({
  id: 'resp_' + i,
  object: 'response',
  created_at: 1764000000 + i,
  status: 'completed',
  background: false,
  error: null,
  incomplete_details: null,
  instructions: 'You are a helpful assistant.',
  max_output_tokens: null,
  model: 'gpt-4o-mini-2024-07-18',
  output: [
    {
      id: 'msg_' + i,
      type: 'message',
      status: 'completed',
      content: [{ type: 'output_text', annotations: [], logprobs: lp(r).content, text: r.answer }],
      role: 'assistant',
    },
  ],
  parallel_tool_calls: true,
  previous_response_id: null,
  reasoning: { effort: null, summary: null },
  store: true,
  temperature: 0,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_logprobs: 5,
  top_p: 1,
  truncation: 'disabled',
  usage: { input_tokens: 20, output_tokens: 10, total_tokens: 30 },
  user: null,
  metadata: {},
});
const rreq = (r) => ({
  model: 'gpt-4o-mini',
  instructions: 'You are a helpful assistant.',
  input: r.prompt,
  include: ['message.output_text.logprobs'],
  top_logprobs: 5,
});
w(
  'responses_reqres.jsonl',
  rows.map((r, i) => ({ id: id(i), request: rreq(r), response: resp(r, i) })),
);
w(
  'responses_bare.jsonl',
  rows.map((r, i) => resp(r, i)),
);
w(
  'responses_batch.jsonl',
  rows.map((r, i) => ({
    id: 'batch_req_' + i,
    custom_id: id(i),
    response: { status_code: 200, request_id: 'x' + i, body: resp(r, i) },
    error: null,
  })),
);
// 7 vllm
const vchat = (r, i) => {
  const c = chat(r, i);
  c.model = 'Qwen/Qwen2.5-7B-Instruct';
  c.prompt_logprobs = null;
  c.kv_transfer_params = null;
  Object.assign(c.choices[0], { stop_reason: null, token_ids: null });
  Object.assign(c.choices[0].message, { reasoning: null, reasoning_content: null, tool_calls: [] });
  delete c.service_tier;
  return c;
};
w('vllm_chat_bare.jsonl', rows.map(vchat));
w(
  'vllm_batch.jsonl',
  rows.map((r, i) => ({
    id: 'vllm-' + i,
    custom_id: id(i),
    response: { status_code: 200, request_id: 'vllm-batch-' + i, body: vchat(r, i) },
    error: null,
  })),
);
const vcmp = (r, i) => {
  let off = 0;
  return {
    id: 'cmpl-' + i,
    object: 'text_completion',
    created: 1764000000 + i,
    model: 'Qwen/Qwen2.5-7B-Instruct',
    choices: [
      {
        index: 0,
        text: r.answer,
        logprobs: {
          text_offset: r.tokens.map((t) => {
            const o = off;
            off += t.token.length;
            return o;
          }),
          token_logprobs: r.tokens.map((t) => t.logprob),
          tokens: r.tokens.map((t) => t.token),
          top_logprobs: r.tokens.map((t) =>
            Object.fromEntries((t.top ?? []).slice(0, 5).map((x) => [x.token, x.logprob])),
          ),
        },
        finish_reason: 'stop',
        stop_reason: null,
        prompt_logprobs: null,
      },
    ],
    usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
  };
};
w(
  'vllm_completions.jsonl',
  rows.map((r, i) => ({
    id: id(i),
    request: { model: 'Qwen/Qwen2.5-7B-Instruct', prompt: r.prompt, logprobs: 5, max_tokens: 32 },
    response: vcmp(r, i),
  })),
);
// 9 langfuse
const ts = (i) => new Date(1764000000000 + i * 1000).toISOString().replace('T', ' ').replace('Z', '000');
w(
  'langfuse_observations.jsonl',
  rows.map((r, i) => ({
    id: 'obs-' + i,
    trace_id: id(i),
    project_id: 'p1',
    environment: 'production',
    type: 'GENERATION',
    parent_observation_id: 'span-' + i,
    start_time: ts(i),
    end_time: ts(i + 1),
    name: 'faq-answer',
    metadata: { feature: 'faq' },
    level: 'DEFAULT',
    status_message: null,
    version: null,
    input: JSON.stringify(msgs(r)),
    output: JSON.stringify({ role: 'assistant', content: r.answer }),
    provided_model_name: 'gpt-4o-mini',
    model_parameters: { temperature: 0 },
    usage_details: { input: 20, output: 5, total: 25 },
    cost_details: {},
    completion_start_time: ts(i),
    prompt_name: 'faq',
    prompt_version: 3,
    user_id: 'u1',
    session_id: 's1',
    trace_name: 'faq',
    tags: ['faq'],
  })),
);
w(
  'langfuse_traces.jsonl',
  rows.map((r, i) => ({
    id: id(i),
    timestamp: ts(i),
    name: 'faq',
    environment: 'production',
    project_id: 'p1',
    metadata: {},
    user_id: 'u1',
    session_id: 's1',
    release: null,
    version: null,
    public: false,
    bookmarked: false,
    tags: ['faq'],
    input: r.prompt,
    output: r.answer,
  })),
);
w(
  'langfuse_scores.jsonl',
  rows.map((r, i) => ({
    id: 'sc-' + i,
    timestamp: ts(i),
    project_id: 'p1',
    trace_id: id(i),
    observation_id: 'obs-' + i,
    name: 'user-feedback',
    value: label(r),
    source: 'API',
    comment: null,
    data_type: 'NUMERIC',
    string_value: null,
  })),
);
writeFileSync(
  D + 'langfuse_ui.json',
  JSON.stringify(
    rows.map((r, i) => ({
      id: 'obs-' + i,
      traceId: id(i),
      type: 'GENERATION',
      name: 'faq-answer',
      startTime: ts(i),
      endTime: ts(i + 1),
      model: 'gpt-4o-mini',
      input: msgs(r),
      output: { role: 'assistant', content: r.answer },
      metadata: {},
      usageDetails: {},
      scores: { 'user-feedback': [label(r)] },
    })),
    null,
    2,
  ),
);
// 11 OTLP
const s = (k, v) => ({ key: k, value: typeof v === 'number' ? { intValue: String(v) } : { stringValue: v } });
const span = (r, i) => ({
  traceId: 't'.repeat(26) + String(i).padStart(6, '0'),
  spanId: 's' + String(i).padStart(15, '0'),
  parentSpanId: '',
  flags: 257,
  name: 'chat gpt-4o-mini',
  kind: 3,
  startTimeUnixNano: '176400000000000' + String(i).padStart(4, '0'),
  endTimeUnixNano: '176400000100000' + String(i).padStart(4, '0'),
  attributes: [
    s('gen_ai.operation.name', 'chat'),
    s('gen_ai.provider.name', 'openai'),
    s('gen_ai.request.model', 'gpt-4o-mini'),
    s('gen_ai.response.model', 'gpt-4o-mini-2024-07-18'),
    s('gen_ai.response.id', id(i)),
    { key: 'gen_ai.response.finish_reasons', value: { arrayValue: { values: [{ stringValue: 'stop' }] } } },
    s('gen_ai.usage.input_tokens', 20),
    s('gen_ai.usage.output_tokens', 6),
    s('gen_ai.system_instructions', JSON.stringify([{ type: 'text', content: 'You are a helpful assistant.' }])),
    s('gen_ai.input.messages', JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: r.prompt }] }])),
    s(
      'gen_ai.output.messages',
      JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: r.answer }], finish_reason: 'stop' }]),
    ),
  ],
  status: {},
});
const otlp = (a) => ({
  resourceSpans: [
    {
      resource: { attributes: [s('service.name', 'faq-bot')] },
      scopeSpans: [{ scope: { name: 'opentelemetry.instrumentation.openai_v2', version: '2.1b0' }, spans: a }],
    },
  ],
});
w(
  'otel.jsonl',
  Array.from({ length: Math.ceil(rows.length / 50) }, (_, k) =>
    otlp(rows.slice(k * 50, k * 50 + 50).map((r, j) => span(r, k * 50 + j))),
  ),
);
writeFileSync(D + 'otel.json', JSON.stringify(otlp(rows.map(span)), null, 2));
// 12 lm-eval
w(
  'samples_gsm8k_2026-11-20T10-00-00.000000.jsonl',
  rows.map((r, i) => ({
    doc_id: i,
    doc: { question: r.prompt, answer: r.reference?.[0] ?? '' },
    target: r.reference?.[0] ?? '',
    arguments: { gen_args_0: { arg_0: 'Q: ' + r.prompt + '\nA:', arg_1: { until: ['\n'], do_sample: false } } },
    resps: [[r.answer]],
    filtered_resps: [r.answer],
    filter: 'strict-match',
    metrics: ['exact_match'],
    doc_hash: 'h' + i,
    prompt_hash: 'p' + i,
    target_hash: 't' + i,
    exact_match: label(r),
  })),
);
w(
  'samples_arc_2026-11-20T10-00-00.000000.jsonl',
  rows.map((r, i) => ({
    doc_id: i,
    doc: { question: r.prompt, choices: { text: ['x', 'y', 'z', 'w'], label: ['A', 'B', 'C', 'D'] }, answerKey: 'B' },
    target: 1,
    arguments: Object.fromEntries(
      [0, 1, 2, 3].map((k) => ['gen_args_' + k, { arg_0: 'Q: ' + r.prompt + '\nA:', arg_1: ' ' + 'xyzw'[k] }]),
    ),
    resps: [
      ['-3.2', 'False'],
      ['-1.1', 'False'],
      ['-4', 'False'],
      ['-5', 'False'],
    ].map((x) => [x]),
    filtered_resps: [
      ['-3.2', 'False'],
      ['-1.1', 'False'],
      ['-4', 'False'],
      ['-5', 'False'],
    ],
    filter: 'none',
    metrics: ['acc', 'acc_norm'],
    doc_hash: 'h' + i,
    prompt_hash: 'p' + i,
    target_hash: 't' + i,
    acc: label(r),
    acc_norm: label(r),
  })),
);
// 13 promptfoo
const pf = rows.map((r, i) => ({
  cost: 0.0001,
  gradingResult: {
    pass: !!label(r),
    score: label(r),
    reason: 'x',
    componentResults: [
      { pass: !!label(r), score: label(r), reason: 'x', assertion: { type: 'icontains', value: r.reference?.[0] } },
    ],
  },
  id: 'pf-' + i,
  latencyMs: 400,
  namedScores: {},
  prompt: { raw: r.prompt, label: '{{question}}' },
  promptId: 'pid',
  promptIdx: 0,
  provider: { id: 'openai:gpt-4o-mini', label: '' },
  response: {
    output: r.answer,
    tokenUsage: { total: 30, prompt: 20, completion: 10 },
    cached: false,
    cost: 0.0001,
    logProbs: r.tokens.map((t) => t.logprob),
  },
  score: label(r),
  success: !!label(r),
  testCase: {
    vars: { question: r.prompt },
    assert: [{ type: 'icontains', value: r.reference?.[0] }],
    options: {},
    metadata: {},
  },
  testIdx: i,
  vars: { question: r.prompt },
  metadata: {},
  failureReason: 0,
}));
writeFileSync(
  D + 'promptfoo.json',
  JSON.stringify(
    {
      evalId: 'eval-abc-2026-11-20',
      results: {
        version: 3,
        timestamp: '2026-11-20T10:00:00.000Z',
        prompts: [
          { raw: '{{question}}', label: '{{question}}', id: 'pid', provider: 'openai:gpt-4o-mini', metrics: {} },
        ],
        results: pf,
        stats: { successes: 1, failures: 1, errors: 0, tokenUsage: {} },
      },
      config: {},
      shareableUrl: null,
      metadata: { promptfooVersion: '0.119.0' },
    },
    null,
    2,
  ),
);
w('promptfoo.jsonl', pf);
// 14 inspect
writeFileSync(
  D + 'inspect.json',
  JSON.stringify(
    {
      version: 2,
      status: 'success',
      eval: {
        run_id: 'r',
        created: '2026-11-20T10:00:00+00:00',
        task: 'faq',
        task_id: 't',
        task_version: 0,
        dataset: { name: 'faq', samples: rows.length, sample_ids: [] },
        model: 'openai/gpt-4o-mini',
        model_args: {},
        config: {},
        packages: { inspect_ai: '0.3.150' },
      },
      plan: { name: 'plan', steps: [{ solver: 'generate', params: {} }], config: {} },
      results: {
        total_samples: rows.length,
        completed_samples: rows.length,
        scores: [
          { name: 'match', scorer: 'match', params: {}, metrics: { accuracy: { name: 'accuracy', value: 0.4 } } },
        ],
      },
      stats: {},
      samples: rows.map((r, i) => ({
        id: i + 1,
        epoch: 1,
        input: r.prompt,
        target: r.reference?.[0] ?? '',
        messages: [
          { id: 'm1', content: r.prompt, source: 'input', role: 'user' },
          { id: 'm2', content: r.answer, source: 'generate', role: 'assistant', model: 'gpt-4o-mini' },
        ],
        output: {
          model: 'gpt-4o-mini-2024-07-18',
          choices: [
            {
              message: { id: 'm2', content: r.answer, source: 'generate', role: 'assistant' },
              stop_reason: 'stop',
              logprobs: { content: lp(r).content },
            },
          ],
          completion: r.answer,
          usage: { input_tokens: 20, output_tokens: 5, total_tokens: 25 },
          time: 0.7,
        },
        scores: { match: { value: label(r) ? 'C' : 'I', answer: r.answer, explanation: r.answer } },
        metadata: {},
        store: {},
        events: [],
        model_usage: {},
        attachments: {},
      })),
    },
    null,
    2,
  ),
);
// 16 anthropic
w(
  'anthropic.jsonl',
  rows.map((r, i) => ({
    id: id(i),
    request: { model: 'claude-sonnet-4-5', max_tokens: 64, messages: [{ role: 'user', content: r.prompt }] },
    response: {
      id: 'msg_' + i,
      type: 'message',
      role: 'assistant',
      model: 'claude-sonnet-4-5',
      content: [{ type: 'text', text: r.answer }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 10, output_tokens: 5 },
    },
  })),
);
// helicone
w(
  'helicone.jsonl',
  rows.map((r, i) => ({
    request_id: id(i),
    request_created_at: ts(i),
    request_body: req(r),
    response_body: chat(r, i),
    request_model: 'gpt-4o-mini',
    response_status: 200,
    feedback_rating: label(r),
  })),
);
// JSON array of records
writeFileSync(
  D + 'records_array.json',
  JSON.stringify(
    rows.map((r, i) => ({ id: id(i), prompt: r.prompt, answer: r.answer, label: label(r) })),
    null,
    2,
  ),
);
writeFileSync(
  D + 'qa.csv',
  'id,question,response,is_correct\n' +
    rows
      .map((r, i) =>
        [id(i), r.prompt, r.answer, label(r)].map((x) => '"' + String(x).replaceAll('"', '""') + '"').join(','),
      )
      .join('\n') +
    '\n',
);
// thumbs
writeFileSync(
  D + 'thumbs.csv',
  'trace_id,thumb,comment\n' + rows.map((r, i) => `${id(i)},${label(r) ? 'up' : 'down'},`).join('\n') + '\n',
);
writeFileSync(D + 'thumbs01.csv', 'id,label\n' + rows.map((r, i) => `${id(i)},${label(r) ? 1 : 0}`).join('\n') + '\n');
writeFileSync(
  D + 'thumbs_pm.csv',
  'id,label\n' + rows.map((r, i) => `${id(i)},${label(r) ? 1 : -1}`).join('\n') + '\n',
);
writeFileSync(
  D + 'thumbs_sparse.csv',
  'id,label\n' +
    rows
      .filter((_, i) => i % 3 === 0)
      .map((r, i) => `${id(i * 3)},${label(r) ? 1 : 0}`)
      .join('\n') +
    '\n',
);
writeFileSync(
  D + 'stars.csv',
  'id,label\n' + rows.map((r, i) => `${id(i)},${label(r) ? 4 + (i % 2) : 1 + (i % 3)}`).join('\n') + '\n',
);
