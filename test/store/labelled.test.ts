import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readAnswers } from '../../library/read-answers.js';
import { register } from '../../scripts/commands/store.js';
import { write } from '../../store/write/write.js';
import { command } from '../support/run-command.js';
import { freshPath, freshStore, scored, send, T0 } from './rows.js';

it('export writes labelled answers that can be read as training data', async () => {
  const place = freshPath();
  const store = await freshStore(place);
  const messages = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Capital of Australia?' },
  ];
  await write(
    store,
    [
      scored('a', { prompt: JSON.stringify(messages), answer: 'Sydney', question: 'q1', tenant: 't1' }),
      scored('a', { prompt: '[not messages]', answer: 'Canberra', task: 'qa', selected: 1, response: 'r2' }),
      scored(null, { prompt: 'Who?', answer: 'Me', response: 'r3' }),
      scored('unlabelled', { prompt: 'Who?', answer: 'You' }),
      scored('no text'),
    ],
    [],
  );
  await send(store, [{ id: 'a', thumb: 'down', rater: 'u1' }], { tenant: 't1' });
  await send(store, [
    { id: 'a', verdict: 0.75, time: '2026-01-06T10:00:00Z' },
    { id: 'a', correction: 'Canberra' },
    { id: 'r3', thumb: 'up' },
    { id: 'no text', thumb: 'up' },
    { id: 'later', thumb: 'up' },
  ]);
  const dir = mkdtempSync(join(tmpdir(), 'vouch-export-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const out = join(dir, 'labelled.jsonl');
  const run = (...more: string[]) => command(register, 'store', 'export', '--out', out, '--store', place, ...more);
  expect(await run()).toBe(`3 labelled answers written to ${out}\n`);
  const read = [];
  for await (const record of readAnswers(out)) read.push(record);
  const received = new Date(T0 + 1000).toISOString();
  const common = { model: 'm', time: '2026-01-05T10:00:00.000Z' };
  expect(read).toEqual([
    {
      ...common,
      ...{ id: 'a', group: 'q1', messages, answer: 'Sydney' },
      labels: [{ value: 0, source: 'thumb', time: received, rater: 'u1' }],
    },
    {
      ...common,
      ...{ id: 'a#2', task: 'qa', selected: true, prompt: '[not messages]', answer: 'Canberra' },
      labels: [
        { value: 0.75, source: 'human', time: '2026-01-06T10:00:00.000Z' },
        { value: 1, source: 'auto:exactMatch', time: received },
      ],
    },
    {
      ...common,
      ...{ id: 'r3', prompt: 'Who?', answer: 'Me' },
      labels: [{ value: 1, source: 'thumb', time: received }],
    },
  ]);
  expect(await run('--tenant', 't1')).toBe(`1 labelled answer written to ${out}\n`);
});

it('export says what must be stored', async () => {
  const place = freshPath();
  const store = await freshStore(place);
  const out = `${place}.jsonl`;
  const run = () => command(register, 'store', 'export', '--out', out, '--store', place);
  await write(store, [scored('a')], []);
  await expect(run()).rejects.toMatchObject({ code: 'NOT_STORED', what: 'no stored answer has a label from feedback' });
  await send(store, [{ id: 'a', thumb: 'up' }]);
  await expect(run()).rejects.toMatchObject({ code: 'NOT_STORED', what: 'the answers with labels have no texts' });
  expect(() => readFileSync(out)).toThrow('ENOENT');
});
