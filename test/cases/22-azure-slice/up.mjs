import fs from 'node:fs';
import http from 'node:http';

const rec = JSON.parse(fs.readFileSync(new URL('one.json', import.meta.url), 'utf8'));
http
  .createServer((req, res) => {
    let b = '';
    req.on('data', (d) => (b += d));
    req.on('end', () => {
      const body = JSON.parse(b);
      const azure = req.url.includes('azure');
      if (body.stream) {
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        const w = (o) => res.write('data: ' + (typeof o === 'string' ? o : JSON.stringify(o)) + '\n\n');
        if (azure)
          w({
            choices: [],
            created: 0,
            id: '',
            model: '',
            object: '',
            prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }],
          });
        w({
          id: 'chatcmpl-1',
          object: 'chat.completion.chunk',
          created: 1750000000,
          model: rec.model,
          choices: [{ index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null }],
        });
        w({
          id: 'chatcmpl-1',
          object: 'chat.completion.chunk',
          created: 1750000000,
          model: rec.model,
          choices: [{ index: 0, delta: { content: rec.answer }, logprobs: null, finish_reason: null }],
        });
        w({
          id: 'chatcmpl-1',
          object: 'chat.completion.chunk',
          created: 1750000000,
          model: rec.model,
          choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: rec.finish || 'stop' }],
        });
        w('[DONE]');
        res.end();
      } else {
        res.writeHead(200, { 'content-type': 'application/json' });
        res.end(
          JSON.stringify({
            id: 'chatcmpl-1',
            object: 'chat.completion',
            created: 1750000000,
            model: rec.model,
            choices: [
              {
                index: 0,
                message: { role: 'assistant', content: rec.answer },
                finish_reason: rec.finish || 'stop',
                logprobs: null,
              },
            ],
          }),
        );
      }
    });
  })
  .listen(Number(process.argv[2]), '127.0.0.1', function () {
    console.log(this.address().port);
  });
