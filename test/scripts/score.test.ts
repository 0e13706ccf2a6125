import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { random } from '../../support/random.js';
import { cli } from '../support/cli.js';
import { sampleLines } from '../support/sample-answers.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const root = resolve(import.meta.dirname, '../..');
const dir = mkdtempSync(join(tmpdir(), 'vouch-score-cli-'));
const at = (name: string) => join(dir, name);
const score = [...cli, 'score'];
const lines = sampleLines(12_000, 500);
const fixed = ['--model', at('bundle'), '--checkpoint', '1024'];

beforeAll(async () => {
  await writeTinyBundle(at('bundle'));
  writeFileSync(at('answers.jsonl'), `${lines.join('\n')}\n`);
  writeFileSync(at('few.jsonl'), `${lines.slice(0, 600).join('\n')}\n`);
});
afterAll(() => rmSync(dir, { recursive: true }));

function vouch(args: string[], input?: string) {
  return spawnSync(process.execPath, [...score, ...args, ...fixed], { cwd: root, encoding: 'utf8', input });
}

/** Starts a run and sends it a signal once its partial output has `bytes`; gives exit code and standard error. */
async function stopped(args: string[], partial: string, bytes: number, signal: NodeJS.Signals) {
  const child = spawn(process.execPath, [...score, ...args, ...fixed, '--quiet'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += text));
  const ended = new Promise<number | null>((done) => child.on('close', done));
  while (child.exitCode === null && (!existsSync(partial) || statSync(partial).size < bytes)) await sleep(1);
  child.kill(signal);
  return { code: await ended, stderr };
}

describe('vouch score', () => {
  it('killed with −9 again and again, goes on to the bytes of an undisturbed run', async () => {
    const draw = random('kill');
    for (const ending of ['.jsonl', '.parquet']) {
      const whole = at(`whole${ending}`);
      expect(vouch([at('answers.jsonl'), '--out', whole]).status).toBe(0);
      const { size } = statSync(whole);
      const out = at(`killed${ending}`);
      for (const share of [0.1 + 0.3 * draw.next(), 0.5 + 0.3 * draw.next()]) {
        const { code } = await stopped(
          [at('answers.jsonl'), '--out', out, '--resume'],
          `${out}.partial`,
          share * size,
          'SIGKILL',
        );
        expect(code).toBe(null);
        expect(existsSync(out)).toBe(false);
      }
      const last = vouch([at('answers.jsonl'), '--out', out, '--resume']);
      expect(last.stderr).toMatch(/^continuing after [\d,]+ rows that an earlier run scored/);
      expect(readFileSync(out).equals(readFileSync(whole))).toBe(true);
      expect(readFileSync(`${out}.bad.jsonl`).equals(readFileSync(`${whole}.bad.jsonl`))).toBe(true);
    }
    const left = readdirSync(dir).filter((name) => name.startsWith('killed'));
    expect(left.sort()).toEqual([
      'killed.jsonl',
      'killed.jsonl.bad.jsonl',
      'killed.jsonl.trace.json',
      'killed.parquet',
      'killed.parquet.bad.jsonl',
      'killed.parquet.trace.json',
    ]);
  }, 180_000);

  it('stops cleanly on SIGTERM and says how to go on', async () => {
    const out = at('term.jsonl');
    const { code, stderr } = await stopped([at('answers.jsonl'), '--out', out], `${out}.partial`, 1e5, 'SIGTERM');
    expect(stderr).toMatch(
      /^vouch: scoring was stopped\. .*term\.jsonl\.partial has the first [\d,]+ rows\. .*--resume.*\[VOUCH_INTERRUPTED\]\n$/,
    );
    expect(code).toBe(1);
  });

  it('reads standard input and writes standard output; data and words do not mix', () => {
    const { status, stdout, stderr } = vouch(
      ['-', '--out', '-', '--json', '--bad', at('in.bad')],
      [lines[0], 'nope', ...lines.slice(1, 200)].join('\n'),
    );
    expect(status).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual(lines.slice(0, 200).map((line) => JSON.parse(line).id));
    const summary = JSON.parse(stderr.trim().split('\n').at(-1) as string);
    expect(summary.drift).toMatchObject({ alarm: false, expected: null, unseenModels: {}, unseenTasks: {} });
    expect(summary.drift.share).toBe(summary.drift.shifted / 200);
    expect(summary).toMatchObject({ out: '-', rows: 200, bad: { count: 1, file: at('in.bad') } });
    expect(JSON.parse(readFileSync(at('in.bad'), 'utf8'))).toMatchObject({
      file: '-',
      line: 2,
      code: 'VOUCH_BAD_JSON',
      text: 'nope',
    });
  });

  it('--reasons adds five of them, or as many as are asked for', () => {
    const of = (flags: string[]) => vouch(['-', '--out', '-', '--quiet', ...flags], lines[0]).stdout.split('\n')[0];
    const [none, five, two] = [[], ['--reasons'], ['--reasons', '2']].map((flags) => JSON.parse(of(flags)));
    expect(none.reasons).toBe(undefined);
    expect(five.reasons).toHaveLength(5);
    expect(two.reasons).toEqual(five.reasons.slice(0, 2));
    expect(vouch(['-', '--out', '-', '--reasons', '0'], lines[0]).stderr).toMatch(/--reasons.*expected 1 or more/);
  });

  it('exits 1 for bad input and 2 for wrong usage, with one line and no stack', () => {
    const cases: [string[], number, RegExp][] = [
      [[at('none.jsonl'), '--out', at('x.jsonl')], 1, /none\.jsonl: no such file\. \[VOUCH_FILE_MISSING\]/],
      [[at('few.jsonl'), '--out', at('x.jsonl'), '--shard', '3/2'], 2, /--shard.*expected i\/n.*\[VOUCH_BAD_USAGE\]/],
    ];
    for (const [args, status, message] of cases) {
      const ran = vouch(args);
      expect(ran.stderr).toMatch(message);
      expect(ran.stderr.trim().split('\n')).toHaveLength(1);
      expect(ran.status).toBe(status);
    }
  });

  it('says when standard output is a full disk', () => {
    const shell = `'${process.execPath}' ${[...score, at('few.jsonl'), '--out', '-', ...fixed].join(' ')} --quiet > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', shell], { cwd: root, encoding: 'utf8' });
    expect(stderr).toMatch(/^vouch: standard output: the disk is full.*\[VOUCH_DISK_FULL\]\n$/);
    expect(status).toBe(1);
  });

  const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', dir]).status === 0;

  it.skipIf(!canMount)('survives a full disk: what is safe stays, and --resume goes on when there is room', () => {
    const disk = at('disk');
    const run = (more: string) =>
      `'${process.execPath}' ${[...score, at('answers.jsonl'), '--out', `${disk}/o.jsonl`, ...fixed].join(' ')} --quiet ${more}`;
    const shell = [
      `mkdir -p ${disk} && mount -t tmpfs -o size=4k none ${disk} && head -c 4096 /dev/zero > ${disk}/filler`,
      `${run('')}; echo "full $?"; ls ${disk}; echo --`,
      `rm ${disk}/filler; mount -o remount,size=8k ${disk}`,
      `${run('')}; echo "first $?"; ls ${disk}; echo --`,
      `mount -o remount,size=400k ${disk}`,
      `${run('')}; echo "second $?"; ls ${disk}; echo --`,
      `mount -o remount,size=9m ${disk}`,
      `${run('--resume')}; echo "third $?"; ls ${disk}; cmp ${disk}/o.jsonl ${at('whole.jsonl')} && echo same`,
    ].join('\n');
    const { stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', shell], { cwd: root, encoding: 'utf8' });
    const errors = stderr.trim().split('\n');
    expect(errors).toHaveLength(3);
    for (const error of errors.slice(0, 2)) {
      expect(error).toMatch(/o\.jsonl: the disk is full; no half-written file was left\. \[VOUCH_DISK_FULL\]$/);
    }
    expect(errors[2]).toMatch(
      /the disk is full.*o\.jsonl\.partial has the first [\d,]+ rows\. To continue, .* --resume\. \[VOUCH_DISK_FULL\]$/,
    );
    const [full, first, second, third] = stdout.split('--\n');
    expect(full).toBe('full 1\nfiller\n');
    expect(first).toBe('first 1\n');
    expect(second).toBe('second 1\no.jsonl.bad.jsonl.partial\no.jsonl.partial\no.jsonl.partial.jsonl\n');
    expect(third).toBe('third 0\no.jsonl\no.jsonl.bad.jsonl\no.jsonl.trace.json\nsame\n');
  });
});
