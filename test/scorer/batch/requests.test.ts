import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scoreAnswers } from '../../../scorer/batch/score-answers.js';
import { openScorer } from '../../../scorer/open.js';
import { temporary } from '../../data/temporary.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const { folder } = temporary();
const at = (name: string) => join(folder, name);

/** 60 kB a request, so that no change in the middle of the file shows at its ends. */
const requestLine = (i: number, word: string) =>
  JSON.stringify({
    custom_id: `q${i}`,
    method: 'POST',
    url: '/v1/chat/completions',
    body: { model: 'm1', messages: [{ role: 'user', content: `${word} ${'why '.repeat(1500)}` }] },
  });
const requests = (word: string) =>
  `${Array.from({ length: 400 }, (_, i) => requestLine(i, i === 200 ? word : 'Tell')).join('\n')}\n`;
const answers = Array.from({ length: 400 }, (_, i) => {
  const message = { role: 'assistant', content: `It is so, ${i}.` };
  const body = {
    id: `c${i}`,
    object: 'chat.completion',
    model: 'm1',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
  };
  return JSON.stringify({ custom_id: `q${i}`, response: { status_code: 200, body }, error: null });
}).join('\n');

it('resumes only with the same requests: one changed word in the middle of their file is refused', async () => {
  await writeTinyBundle(at('bundle'));
  const scorer = await openScorer(at('bundle'));
  writeFileSync(at('requests.jsonl'), requests('Tell'));
  writeFileSync(at('answers.jsonl'), `${answers}\n`);
  const files = [at('requests.jsonl'), at('answers.jsonl')];
  const job = { files, read: {}, out: at('out.jsonl'), checkpoint: 128, vouch: '1' };
  const stopped = async () => {
    const stop = new AbortController();
    const run = scoreAnswers(scorer, job, { stop: stop.signal, progress: (rows) => rows >= 128 && stop.abort() });
    await expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
  };
  await stopped();
  writeFileSync(at('requests.jsonl'), requests('Sell'));
  await expect(scoreAnswers(scorer, { ...job, resume: true })).rejects.toMatchObject({
    code: 'RESUME_MISMATCH',
    detail: { field: 'requests' },
  });
  writeFileSync(at('requests.jsonl'), requests('Tell'));
  const { tally, before } = await scoreAnswers(scorer, { ...job, resume: true });
  expect([tally.rows, before > 0]).toEqual([400, true]);
  expect(readFileSync(at('out.jsonl'), 'utf8').trim().split('\n')).toHaveLength(400);
  await scorer.close();
});
