import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Fields } from '../../../data/check-value.js';
import { type LangfuseProject, openLangfuse } from '../../../data/langfuse/client.js';
import { idsInQueue, sendQueue } from '../../../data/langfuse/queue-items.js';
import { langfuseScores } from '../../../data/langfuse/scores.js';
import { readLabels } from '../../../monitor/labels.js';
import { register } from '../../../scripts/commands/langfuse.js';
import { readFeedback } from '../../../store/feedback/read.js';
import { command } from '../../support/run-command.js';
import { errorOf, temporary } from '../temporary.js';
import { fakeLangfuse, scoreV3 } from './fake.js';

const { folder, put } = temporary();
const observation = (id: string) => ({ subject: { kind: 'observation', id, traceId: `t-${id}` } });

async function scoresOf(project: LangfuseProject, filter = {}): Promise<Fields[]> {
  const all: Fields[] = [];
  for await (const page of langfuseScores(openLangfuse(project), filter)) all.push(...page);
  return all;
}

describe('sending a queue', () => {
  it('adds each answer once, in the order of the queue, also if it is sent again', async () => {
    const { items, project, asked } = await fakeLangfuse({ failing: [503] });
    const langfuse = openLangfuse(project);
    const send = (ids: string[]) => sendQueue(langfuse, ids, { queue: 'cq', type: 'observation' });
    expect(await send(['b', 'a', 'c'])).toEqual({ added: 3, known: 0 });
    expect(items.map(({ objectId, objectType }) => [objectId, objectType])).toEqual([
      ['b', 'OBSERVATION'],
      ['a', 'OBSERVATION'],
      ['c', 'OBSERVATION'],
    ]);
    expect(await send(['c', 'd', 'b'])).toEqual({ added: 1, known: 2 });
    expect(items.map(({ objectId }) => objectId)).toEqual(['b', 'a', 'c', 'd']);
    expect(asked.filter((line) => line.endsWith('page=2&limit=100'))).toHaveLength(1);
    expect(await sendQueue(langfuse, ['a'], { queue: 'cq', type: 'trace' })).toEqual({ added: 1, known: 0 });
  });

  it('takes the id that the client gave, from JSON Lines and from CSV', async () => {
    const jsonl = put('queue.jsonl', '{"id":"r1","answerId":"o1","label":null}\n{"id":"o2"}\n{"id":"o2"}\n');
    expect(await idsInQueue(jsonl)).toEqual(['o1', 'o2']);
    const csv = put('queue.csv', "\uFEFFid,prompt,rank,answerId,label\r\n'12,x,1,,\r\nr2,y,2,'34,\r\n");
    expect(await idsInQueue(csv)).toEqual(['12', '34']);
    const bad = put('bad.jsonl', '{"prompt":"x"}\n');
    expect(await errorOf(idsInQueue(bad))).toMatchObject({ code: 'BAD_RECORD', line: 1, field: 'id' });
  });

  it('says what Langfuse said, without the keys', async () => {
    const { project } = await fakeLangfuse();
    const langfuse = openLangfuse({ ...project, secretKey: 'sk-lf-wrong' });
    const error = await errorOf(sendQueue(langfuse, ['a'], { queue: 'cq', type: 'trace' }));
    expect(error).toMatchObject({
      code: 'ENDPOINT_FAILED',
      message: expect.stringContaining('401 Invalid credentials'),
    });
    expect(JSON.stringify(error)).not.toContain('sk-lf');
    expect(() => openLangfuse({ ...project, url: 'langfuse' })).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
  });
});

describe('reading scores', () => {
  it('follows cursors, and gives what feedback and labels can read', async () => {
    const { scores, project, asked } = await fakeLangfuse();
    scores.push(
      scoreV3('s1', true, observation('o1')),
      scoreV3('s2', false, observation('o2')),
      scoreV3('s3', 0.5, { subject: { kind: 'trace', id: 't3' } }),
      scoreV3('s4', 'right', observation('o4')),
      scoreV3('s5', 'It is 7.', { ...observation('o5'), dataType: 'CORRECTION' }),
      scoreV3('s6', 1, { ...observation('o6'), queueId: 'another' }),
    );
    const found = await scoresOf(project, { queue: 'cq', name: 'correct', since: '2026-11-01T00:00:00Z' });
    expect(found).toHaveLength(5);
    expect(asked).toHaveLength(3);
    expect(asked[0]).toContain(
      'queueId=cq&name=correct&fromTimestamp=2026-11-01T00%3A00%3A00Z&fields=details%2Csubject%2Cannotation',
    );
    const file = put('scores.jsonl', found.map((score) => `${JSON.stringify(score)}\n`).join(''));
    const feedback = [];
    for await (const batch of readFeedback(file, { badLines: 'stop', rules: {}, bad: () => {} }))
      feedback.push(...batch);
    expect(feedback).toMatchObject([
      { key: 'langfuse:s1', target: 'o1', kind: 'score', source: 'annotation', label: 1, rater: 'u1' },
      { target: 'o2', label: 0 },
      { target: 't3', label: 0.5 },
      { target: 'o4', label: 1 },
      { target: 'o5', kind: 'correction', label: null, correction: 'It is 7.' },
    ]);
    const { labels } = await readLabels(file, { rules: {}, badLines: 'stop' });
    expect(Object.fromEntries(labels)).toEqual({ o1: 1, o2: 0, t3: 0.5, o4: 1 });
  });

  it('asks version 2 where there is no version 3', async () => {
    const { scores, project, asked } = await fakeLangfuse({ version: 2 });
    for (const id of ['a', 'b', 'c']) {
      scores.push({
        id,
        traceId: 't',
        observationId: id,
        name: 'n',
        value: 1,
        dataType: 'NUMERIC',
        source: 'ANNOTATION',
      });
    }
    expect((await scoresOf(project)).map(({ observationId }) => observationId)).toEqual(['a', 'b', 'c']);
    expect(asked.map((line) => line.split('?')[0])).toEqual([
      'GET /api/public/v3/scores',
      'GET /api/public/v2/scores',
      'GET /api/public/v2/scores',
    ]);
  });
});

describe('vouch langfuse', () => {
  it('sends, reads back and counts', async () => {
    vi.stubEnv('LANGFUSE_PUBLIC_KEY', 'pk-lf-1');
    vi.stubEnv('LANGFUSE_SECRET_KEY', 'sk-lf-2');
    const { url, scores } = await fakeLangfuse();
    const queue = put('sent.jsonl', '{"id":"o1"}\n{"id":"o2"}\n');
    const send = () => command(register, 'langfuse', 'send', queue, '--url', url, '--queue-id', 'cq');
    expect(await send()).toBe('2 answers added to the annotation queue\n');
    expect(await send()).toBe('0 answers added to the annotation queue; 2 were in it already\n');
    scores.push(scoreV3('s1', true, observation('o1')));
    const out = join(folder, 'read.jsonl');
    expect(await command(register, 'langfuse', 'scores', '--url', url, '--out', out, '--json')).toBe('{"scores":1}\n');
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ observationId: 'o1', value: 1, stringValue: 'True' });
    await expect(command(register, 'langfuse', 'send', '--url', url)).rejects.toMatchObject({ code: 'BAD_USAGE' });
    vi.stubEnv('LANGFUSE_SECRET_KEY', '');
    await expect(send()).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { field: 'LANGFUSE_SECRET_KEY' } });
    vi.unstubAllEnvs();
  });
});
