import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, it } from 'vitest';
import { commands } from '../../scripts/commands.js';
import { refuseReplacing } from '../../scripts/flags/no-replacing.js';
import { errorOf, temporary } from '../data/temporary.js';

const { folder, put } = temporary();
const answers = put('answers.jsonl', '{"prompt":"a","answer":"b"}\n');
const named = put('named', 'what the caller wrote');
const free = join(folder, 'free.jsonl');

async function run(args: string[]): Promise<void> {
  const program = new Command().exitOverride().hook('preAction', (_, command) => refuseReplacing(command));
  for (const { load } of commands) (await load()).register(program);
  const quiet = args[0] === 'store' ? [] : ['--quiet'];
  await program.parseAsync([...args, ...quiet], { from: 'user' });
}

const asked = ['--endpoint', 'http://127.0.0.1:9', '--model', 'm'];

it.each([
  ['--out', ['label', answers, '--with', 'exact', '--plugin', named, '--out', named]],
  ['--out', ['label', answers, '--with', 'exact', '--plugin', 'other.mjs', '--plugin', named, '--out', named]],
  ['--out', ['label', named, '--with', 'exact', '--out', named]],
  ['--out', ['label', answers, '--sample', '2', '--labels', named, '--out', named]],
  ['--out', ['features', answers, '--labels', named, '--out', named]],
  ['--out', ['features', answers, '--map', named, '--out', named]],
  ['--out', ['read', answers, '--plugin', named, '--out', named]],
  ['--out', ['train', answers, '--config', named, '--out', named]],
  ['--held-out', ['train', answers, '--config', named, '--out', free, '--held-out', named]],
  ['--out', ['score', answers, '--model', folder, '--trusted-keys', named, '--out', named]],
  ['--bad', ['score', answers, '--model', folder, '--plugin', named, '--out', free, '--bad', named]],
  ['--out', ['evaluate', answers, '--model', folder, '--plugin', named, '--out', named]],
  ['--report', ['evaluate', answers, '--model', folder, '--trusted-keys', named, '--report', named]],
  ['--queue', ['monitor', answers, '--model', folder, '--state', free, '--labels', named, '--queue', named]],
  ['--out', ['monitor', answers, '--model', folder, '--state', named, '--out', named]],
  ['--metrics', ['monitor', named, '--model', folder, '--state', free, '--metrics', named]],
  ['--out', ['adapt', folder, '--with', named, '--out', named]],
  ['--out', ['collect', named, ...asked, '--out', named]],
  ['--out', ['collect', answers, ...asked, '--prefix', named, '--out', named]],
  ['--out', ['store', 'export', '--store', named, '--out', named]],
  ['--out', ['enrich', answers, ...asked, '--prefix', named, '--out', named]],
])('refuses %s as the name of an input: %j', async (field, args) => {
  expect(await errorOf(run(args))).toMatchObject({ code: 'BAD_USAGE', file: named, field });
  expect(readFileSync(named, 'utf8')).toBe('what the caller wrote');
});

it.each([
  ['--metrics', ['monitor', answers, '--model', folder, '--state', named, '--out', free, '--metrics', free]],
  ['--out', ['monitor', answers, '--model', folder, '--state', named, '--queue', free, '--out', free]],
  ['--report', ['evaluate', answers, '--model', folder, '--out', free, '--report', free]],
  ['--bad', ['score', answers, '--model', folder, '--out', free, '--bad', free]],
])('refuses %s as the name of another output: %j', async (field, args) => {
  expect(await errorOf(run(args))).toMatchObject({ code: 'BAD_USAGE', file: free, field });
  expect(existsSync(free)).toBe(false);
});

it.each(['--encoder', '--nli'])('refuses an output inside the folder of %s', async (flag) => {
  const score = ['score', answers, '--model', folder, flag, folder, '--out', named];
  expect(await errorOf(run(score))).toMatchObject({ code: 'BAD_USAGE', file: named, field: '--out' });
  expect(readFileSync(named, 'utf8')).toBe('what the caller wrote');
});

it('lets other outputs through', async () => {
  const labelled = put('referenced.jsonl', '{"prompt":"a","answer":"b","reference":["b"]}\n');
  await run(['label', labelled, '--with', 'exact', '--out', free]);
  expect(JSON.parse(readFileSync(free, 'utf8'))).toMatchObject({ answer: 'b' });
});
