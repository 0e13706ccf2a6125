import http from 'node:http';

// modes chosen by the model name
const sse = (res, chunks) => {
  res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (const c of chunks) res.write('data: ' + (typeof c === 'string' ? c : JSON.stringify(c)) + '\n\n');
  res.end();
};
const lp = (t, l) => ({
  content: [
    {
      token: t,
      logprob: l,
      bytes: [...Buffer.from(t)],
      top_logprobs: [
        { token: t, logprob: l, bytes: [...Buffer.from(t)] },
        { token: 'zz', logprob: -6, bytes: [122] },
      ],
    },
  ],
  refusal: null,
});
http
  .createServer((req, res) => {
    let b = '';
    req.on('data', (d) => (b += d));
    req.on('end', () => {
      const body = JSON.parse(b || '{}');
      const m = body.model;
      console.error('UP', m, 'logprobs=', body.logprobs, 'top=', body.top_logprobs, 'raw', b.length < 400 ? b : '');
      const ok = (extra = {}) => {
        res.writeHead(200, { 'content-type': 'application/json' });
        res.end(
          JSON.stringify({
            id: 'c1',
            object: 'chat.completion',
            created: 1750000000,
            model: m,
            choices: [
              {
                index: 0,
                message: { role: 'assistant', content: 'Canberra', ...extra.message },
                finish_reason: extra.finish ?? 'stop',
                logprobs: body.logprobs ? lp('Canberra', -0.01) : null,
              },
            ],
            usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
          }),
        );
      };
      const err = (s, o) => {
        res.writeHead(s, { 'content-type': 'application/json' });
        res.end(JSON.stringify(o));
      };
      if (m === 'ok') return ok();
      if (m === 'refuse403' && body.logprobs)
        return err(403, {
          error: {
            message: 'You are not allowed to request logprobs from this model',
            type: 'invalid_request_error',
            param: null,
            code: null,
          },
        });
      if (m === 'boom500' && body.logprobs)
        return err(500, { object: 'error', message: 'Internal Server Error', type: 'InternalServerError', code: 500 });
      if (m === 'refuse500' && body.logprobs)
        return err(500, {
          object: 'error',
          message: 'Out of range float values are not JSON compliant (logprobs)',
          type: 'InternalServerError',
          code: 500,
        });
      if (m === 'gem400' && body.logprobs)
        return err(400, [
          {
            error: {
              code: 400,
              message: 'Logprobs is not enabled for models/gemini-2.5-pro',
              status: 'INVALID_ARGUMENT',
            },
          },
        ]);
      if (m === 'together' && body.top_logprobs > 1)
        return err(400, {
          error: {
            message: "5 is greater than the maximum of 1 - 'logprobs'",
            type: 'invalid_request_error',
            param: 'logprobs',
            code: null,
          },
        });
      if (m === 'unrec' && body.logprobs)
        return err(400, {
          error: { message: 'Unrecognized request argument supplied: logprobs', type: 'invalid_request_error' },
        });
      if (m === 'function')
        return ok({
          message: { content: null, function_call: { name: 'f', arguments: '{}' } },
          finish: 'function_call',
        });
      if (m === 'azure')
        return sse(res, [
          {
            id: '',
            object: '',
            created: 0,
            model: '',
            choices: [],
            prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }],
          },
          {
            id: 'chatcmpl-9',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'gpt-4o-2024-08-06',
            choices: [
              {
                index: 0,
                delta: { role: 'assistant', content: '', refusal: null },
                logprobs: null,
                finish_reason: null,
              },
            ],
          },
          {
            id: 'chatcmpl-9',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'gpt-4o-2024-08-06',
            choices: [
              {
                index: 0,
                delta: { content: 'Canberra' },
                logprobs: body.logprobs ? lp('Canberra', -0.01) : null,
                finish_reason: null,
              },
            ],
          },
          {
            id: '',
            object: '',
            created: 0,
            model: '',
            choices: [
              {
                index: 0,
                finish_reason: null,
                content_filter_results: {},
                content_filter_offsets: { check_offset: 1 },
              },
            ],
          },
          {
            id: 'chatcmpl-9',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'gpt-4o-2024-08-06',
            choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }],
          },
          '[DONE]',
        ]);
      if (m === 'plainstream')
        return sse(res, [
          {
            id: 'chatcmpl-9',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'gpt-4o-2024-08-06',
            choices: [{ index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }],
          },
          {
            id: 'chatcmpl-9',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'gpt-4o-2024-08-06',
            choices: [
              {
                index: 0,
                delta: { content: 'Canberra' },
                logprobs: body.logprobs ? lp('Canberra', -0.01) : null,
                finish_reason: null,
              },
            ],
          },
          {
            id: 'chatcmpl-9',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'gpt-4o-2024-08-06',
            choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }],
          },
          '[DONE]',
        ]);
      if (m === 'refusalstream')
        return sse(res, [
          {
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'g',
            choices: [
              {
                index: 0,
                delta: { role: 'assistant', content: null, refusal: '' },
                logprobs: null,
                finish_reason: null,
              },
            ],
          },
          {
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'g',
            choices: [
              {
                index: 0,
                delta: { refusal: 'I cannot' },
                logprobs: {
                  content: null,
                  refusal: [{ token: 'I cannot', logprob: -0.2, bytes: [], top_logprobs: [] }],
                },
                finish_reason: null,
              },
            ],
          },
          {
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'g',
            choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }],
          },
          '[DONE]',
        ]);
      if (m === 'toolstream')
        return sse(res, [
          {
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'g',
            choices: [
              {
                index: 0,
                delta: {
                  role: 'assistant',
                  content: null,
                  tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'f', arguments: '' } }],
                },
                logprobs: null,
                finish_reason: null,
              },
            ],
          },
          {
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'g',
            choices: [
              {
                index: 0,
                delta: { tool_calls: [{ index: 0, function: { arguments: '{}' } }] },
                logprobs: null,
                finish_reason: null,
              },
            ],
          },
          {
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'g',
            choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'tool_calls' }],
          },
          '[DONE]',
        ]);
      if (m === 'functionstream')
        return sse(res, [
          {
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'g',
            choices: [
              {
                index: 0,
                delta: { role: 'assistant', content: null, function_call: { name: 'f', arguments: '' } },
                logprobs: null,
                finish_reason: null,
              },
            ],
          },
          {
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'g',
            choices: [{ index: 0, delta: { function_call: { arguments: '{}' } }, logprobs: null, finish_reason: null }],
          },
          {
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'g',
            choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'function_call' }],
          },
          '[DONE]',
        ]);
      if (m === 'errstream')
        return sse(res, [
          {
            id: 'x',
            object: 'chat.completion.chunk',
            created: 1750000000,
            model: 'g',
            choices: [
              {
                index: 0,
                delta: { role: 'assistant', content: 'Canb' },
                logprobs: body.logprobs ? lp('Canb', -0.01) : null,
                finish_reason: null,
              },
            ],
          },
          { error: { message: 'engine died', type: 'server_error', code: 500 } },
          '[DONE]',
        ]);
      ok();
    });
  })
  .listen(+process.argv[2], '127.0.0.1', function () {
    console.log(this.address().port);
  });
