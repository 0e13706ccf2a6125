import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { register as audit } from '../../scripts/commands/audit.js';
import { register as feedback } from '../../scripts/commands/feedback.js';
import { register as store } from '../../scripts/commands/store.js';
import { write } from '../../store/write/write.js';
import { freshPath, freshStore, scored } from '../store/rows.js';
import { command } from '../support/run-command.js';

it('feedback reads files, audit shows and verifies, store deletes', async () => {
  const place = freshPath();
  const opened = await freshStore(place);
  await write(opened, [scored('a'), scored('b', { tenant: 'other' })], []);
  const file = join(dirname(place), 'f.csv');
  writeFileSync(file, 'id,thumb,stars\na,up,\na,,1\nb,up,\nzzz,down,\n,up,\n');
  const at = ['--store', place];
  const given = ['feedback', file, ...at, '--quiet', '--json'];
  await expect(command(feedback, ...given)).rejects.toMatchObject({ code: 'BAD_FEEDBACK', detail: { line: 6 } });
  const counts = JSON.parse(await command(feedback, ...given, '--bad-lines', 'skip'));
  expect(counts).toEqual({
    ...{ read: 4, linked: 1, contradicting: 1, unknownId: 1, repeated: 0, late: 2 },
    ...{ unlabelled: 0, wrongTenant: 1, conflicting: 0, bad: 1, silent: 0 },
    ids: { unknownId: ['zzz'], wrongTenant: ['b'], conflicting: [] },
  });
  expect(readFileSync(`${file}.bad.jsonl`, 'utf8')).toContain('"line":6,"code":"VOUCH_BAD_FEEDBACK"');
  expect(JSON.parse(await command(feedback, ...given, '--bad-lines', 'skip'))).toMatchObject({
    linked: 0,
    repeated: 3,
  });

  const shown = JSON.parse(await command(audit, 'audit', 'a', ...at, '--json'));
  expect(shown).toMatchObject({ id: 'a', probability: 0.8, intact: true, replay: null, contentDeleted: false });
  expect(shown.feedback.map(({ kind, label, status }: Record<string, unknown>) => [kind, label, status])).toEqual([
    ['thumb', 1, 'linked'],
    ['stars', 0, 'contradicting'],
  ]);
  await expect(command(audit, 'audit', 'nobody', ...at)).rejects.toMatchObject({ code: 'NOT_STORED' });
  await expect(command(audit, 'audit', ...at)).rejects.toMatchObject({ code: 'BAD_USAGE' });
  const verify = ['audit', '--verify', ...at, '--quiet'];
  const text = await command(audit, ...verify);
  expect(text).toContain('5 rows checked');
  const end = /end of the chain: (\S+)/.exec(text)?.[1] as string;

  expect(JSON.parse(await command(store, 'store', 'delete', '--id', 'a', ...at, '--json'))).toEqual({
    ...{ scored: 1, feedback: 2 },
  });
  expect(await command(store, 'store', 'info', ...at)).toContain('2 answers');
  expect(await command(audit, ...verify, '--expect', end)).toContain('3 of them with deleted content');
  await expect(command(store, 'store', 'delete', ...at)).rejects.toMatchObject({ code: 'BAD_USAGE' });
  await expect(command(store, 'store', 'explode', ...at)).rejects.toMatchObject({ code: 'BAD_USAGE' });

  await sql`update vouch_scored set decision = 'abstain' where seq = 2`.execute(opened.db);
  await expect(command(audit, ...verify)).rejects.toMatchObject({ code: 'CHAIN_BROKEN' });
  await expect(command(audit, 'audit', 'b', ...at)).rejects.toMatchObject({ code: 'CHAIN_BROKEN' });
});

describe('feedback that says nothing, or of answers that are not there', () => {
  const read = async (...texts: string[]) => {
    const place = freshPath();
    await write(await freshStore(place), [scored('a')], []);
    const files = texts.map((text, i) => {
      const file = join(dirname(place), `f${i}.csv`);
      writeFileSync(file, text);
      return file;
    });
    return command(feedback, 'feedback', ...files, '--store', place, '--quiet');
  };
  const queue = 'rank,id,gain,chance,label,source\n';

  it.each([
    ['an empty file', '', 'the file has no rows'],
    ['a file with a heading only', 'id,thumb\n', 'the file has no rows'],
    ['a queue that nobody filled in', `${queue}1,a,1,.5,,human\n2,b,1,.5,,human\n`, 'none of its 2 rows has a label'],
  ])('is an error that says what is missing: %s', async (_, text, what) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'NO_FEEDBACK', what });
  });

  it('is counted where other rows, or other files, say something', async () => {
    const said: string[] = [];
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    onTestFinished(() => write.mockRestore());
    const text = await read(`${queue}1,a,1,.5,1,human\n2,b,1,.5,,human\n`, 'id,thumb\n');
    expect(text).toMatch(/^1 entry of feedback read\n {2}1 linked to an answer\n {2}1 row has no label\n/);
    expect(said.join('')).toContain('f1.csv: the file has no rows');
  });

  it('names the first ids that no stored answer has', async () => {
    const rows = Array.from({ length: 7 }, (_, i) => `u${i},up\n`).join('');
    expect(await read(`id,thumb\na,up\n${rows}`)).toContain(
      '7 not linked yet: the answer is not in the store ("u0", "u1", "u2", "u3", "u4", …)\n',
    );
    expect(await read('id,thumb\n"x\u001b[2J",up\n')).toContain('("x\\u001b[2J")');
  });
});

it('counts one answer as one answer', async () => {
  const place = freshPath();
  await write(await freshStore(place), [scored('a')], []);
  const file = join(dirname(place), 'f.csv');
  writeFileSync(file, 'id,thumb\na,up\n');
  const at = ['--store', place];
  expect(await command(feedback, 'feedback', file, ...at, '--quiet')).toMatch(
    /^1 entry of feedback read\n {2}1 linked/,
  );
  expect(await command(store, 'store', 'info', ...at)).toMatch(/^1 answer, from /);
  expect(await command(store, 'store', 'delete', '--id', 'a', ...at)).toBe(
    'deleted the content of 1 answer and 1 entry of feedback\n',
  );
  expect(await command(audit, 'audit', '--verify', ...at, '--quiet')).toMatch(/^3 rows checked, 2 of them/);
  expect(await command(store, 'store', 'prune', '--older-than', '0', ...at)).toBe('3 rows removed\n');
  expect(await command(audit, 'audit', '--verify', ...at, '--quiet')).toMatch(
    /^1 row checked\nrows before row 4 were removed with vouch store prune\n/,
  );
});
