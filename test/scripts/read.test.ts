import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporary } from '../data/temporary.js';
import { cli } from '../support/cli.js';

const { put, folder } = temporary();

function read(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...cli, 'read', ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const reply = (id: string, content: string | null, finish = 'stop') =>
  JSON.stringify({
    id,
    request: { messages: [{ role: 'user', content: `Capital of ${id}?` }] },
    response: { model: 'm', choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }] },
  });

describe('vouch read', () => {
  const log = put(
    'log.jsonl',
    `${[reply('Peru', 'Lima'), 'not json', reply('Chad', null, 'content_filter'), '{"id":"x","answer":"y","note":1}'].join('\n')}\n`,
  );

  it('says what a log is read as and why, what it holds, and shows the first records', () => {
    const { status, stdout } = read(log, '--quiet', '--first', '1');
    expect(status).toBe(0);
    expect(stdout).toContain(
      'OpenAI Chat Completions (openai-chat), 2 rows; detected from: a response with choices[].message',
    );
    expect(stdout).toContain('canonical records (jsonl), 1 row; detected from: an object with an answer');
    expect(stdout).toContain('2 answers to 2 questions');
    expect(stdout).toContain('no answers: content_filter (1)');
    expect(stdout).toContain('keys that are not fields of the record were kept: note (1)');
    expect(stdout).toContain('1 line could not be read (VOUCH_BAD_JSON)');
    expect(stdout).toContain('record 1 as read:\n  id: "Peru"\n');
    expect(stdout).not.toContain('record 2 as read');
  });

  it('writes canonical records, no answers among them, and sets bad lines aside', () => {
    const out = `${folder}/out.jsonl`;
    expect(read(log, '--quiet', '--out', out).status).toBe(0);
    const records = readFileSync(out, 'utf8').trim().split('\n');
    expect(records.map((line) => JSON.parse(line)).map(({ id, answer, finish }) => [id, answer, finish])).toEqual([
      ['Peru', 'Lima', 'stop'],
      ['Chad', null, 'content_filter'],
      ['x', 'y', undefined],
    ]);
    expect(readFileSync(`${out}.bad.jsonl`, 'utf8')).toContain('"text":"not json"');
    const again = JSON.parse(read(out, '--quiet', '--json').stdout);
    expect(again).toMatchObject({
      answers: 2,
      unanswered: { content_filter: 1 },
      questions: 2,
      unknownKeys: { note: 1 },
    });
  });

  it('says where nothing could be read, and leaves no file', () => {
    const { status, stderr } = read(
      put('none.jsonl', `{"id":"b","answer":${'['.repeat(6000)}${']'.repeat(6000)}}\n`),
      '--quiet',
      '--out',
      `${folder}/none`,
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /no answer was read.*none\.jsonl:1: is nested too deeply \(expected at most 500 nested lists.*VOUCH_NO_ANSWERS/s,
    );
    expect(existsSync(`${folder}/none`)).toBe(false);
  });
});
