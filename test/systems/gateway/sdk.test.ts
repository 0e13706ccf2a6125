import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { replayApis } from '../../support/fake-apis.js';
import { sdks } from '../../support/python.js';
import { replay, standing, useGateways } from '../../support/standing-gateway.js';

useGateways();

/** What the clients of OpenAI and Anthropic make of each API, with and without a stream, and through their helpers. */
const SAID = {
  chat: 'free+logprobs',
  'chat stream': 'free+logprobs',
  'chat helper': 'free+logprobs',
  completions: 'free+logprobs',
  'completions stream': 'free+logprobs',
  responses: 'free+logprobs',
  'responses stream': 'free+logprobs',
  'responses helper': 'free+logprobs',
  messages: 'free',
  'messages stream': 'free',
  'messages helper': 'free',
};

it('OpenAI’s and Anthropic’s own clients read answers, streams and what vouch says of them', async () => {
  const { url } = await standing((asked, response, request) =>
    asked.url.endsWith('/chat/completions') ? replay(asked, response, request) : replayApis(asked, response, request),
  );
  const interpreter = sdks();
  const script = join(import.meta.dirname, 'sdk.py');
  const { stdout } = await promisify(execFile)(interpreter, [script, url], { timeout: 120_000 });
  const said = JSON.parse(stdout) as Record<string, { text: string; vouch: { scored: boolean; pattern: string } }>;
  expect(Object.keys(said)).toEqual(Object.keys(SAID));
  for (const [name, { text, vouch }] of Object.entries(said)) {
    expect([name, text, vouch.scored, vouch.pattern]).toEqual([
      name,
      'Canberra é😀',
      true,
      SAID[name as keyof typeof SAID],
    ]);
  }
});
