import { expect, it } from 'vitest';
import { question, standing, useGateways } from '../../support/standing-gateway.js';

useGateways();

it.each([
  [204, null],
  [304, '5'],
])('status %i passes without a body, though its headers tell of one', async (status, length) => {
  const { post, url } = await standing((_, response) =>
    response.writeHead(status, { 'content-length': '5', 'x-own': 'kept' }).end(),
  );
  for (const reply of [await post(question), await fetch(`${url}/v1/models`)]) {
    expect([reply.status, reply.headers.get('x-own'), reply.headers.get('content-length')]).toEqual([
      status,
      'kept',
      length,
    ]);
    expect(await reply.text()).toBe('');
  }
});
