import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { replayed } from '../../../library/audit/replay.js';
import { tracesOf } from '../../../store/read/trace.js';
import { openExisting } from '../../../store/ready.js';
import { question, replay, standing, useGateways, yes } from '../../support/standing-gateway.js';

useGateways();

it('the gateway stores its scores under the id of the response, and takes feedback on them', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-gateway-store-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const place = join(dir, 'answers.db');
  const feedbackKeys = [{ key: 'f', tenant: '' }];
  const store = { place, queue: 100, texts: true, clients: [], feedbackKeys };
  const { url, post, asked } = await standing(replay, { store });
  const headers = { 'content-type': 'application/json', 'x-vouch-person': 'p1' };
  const { id, choices } = (await (await post(question, { headers })).json()) as {
    id: string;
    choices: { message: { content: string } }[];
  };
  expect(asked.at(-1)?.headers['x-vouch-person']).toBeUndefined();
  const said = await fetch(`${url}/vouch/feedback`, {
    method: 'POST',
    headers: { 'x-api-key': 'f' },
    body: JSON.stringify({ id, correction: choices[0].message.content }),
  });
  expect([said.status, await said.json()]).toMatchObject([200, { status: 'linked', label: 1 }]);
  const opened = await openExisting(place);
  try {
    const [trace] = await tracesOf(opened, id);
    expect(trace.row).toMatchObject({ id, person: 'p1', model: 'm1', answer: choices[0].message.content });
    expect(trace.row.prompt).toContain('capital of Australia');
    expect(await replayed(trace.row, [yes], {})).toMatchObject({ same: true, differs: [] });
  } finally {
    await opened.close();
  }
});
