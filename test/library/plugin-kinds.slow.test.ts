import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as vouch from '../../index.js';
import { register as registerExport } from '../../scripts/commands/export.js';
import { register as registerRead } from '../../scripts/commands/read.js';
import { temporary } from '../data/temporary.js';
import { madeAnswers } from '../support/answers.js';
import { command } from '../support/run-command.js';
import { quick } from '../support/trained.js';

const { defineExporter, defineLabeller, defineLearner, defineReader } = vouch;
const { folder, put } = temporary();
const small = { ...quick, learners: ['logistic' as const, 'blend' as const], patterns: ['free'], threads: 1 };
const quickly = { ...small, backend: 'wasm' as const };
const graded = madeAnswers(130);
const fresh = madeAnswers(20, 2).map((record) => ({ ...record, id: `new-${record.id}`, group: `new-${record.group}` }));
const lines = (some: object[]) => some.map((record) => `${JSON.stringify(record)}\n`).join('');
const manifestOf = (dir: string) => JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));

/** The module of a block of docs/plugins.md, with its import replaced by the library under test. */
function moduleOf(kind: string): { path: string; lines: number } {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/plugins.md'), 'utf8');
  const [, code] = new RegExp(`<!-- run: ${kind} -->\\n\`\`\`js\\n([\\s\\S]*?)\`\`\``).exec(page) as RegExpExecArray;
  Object.assign(globalThis, { vouchUnderTest: vouch });
  const body = code.replace(/^import (\{.*?\}) from 'vouch';$/m, 'const $1 = globalThis.vouchUnderTest;');
  expect(body).not.toBe(code);
  return { path: put(`${kind}.mjs`, body), lines: code.trim().split('\n').length };
}

const log = (n: number) =>
  Array.from({ length: n }, (_, i) => ({
    ticket: `t${i}`,
    question: `How do I reset device ${i}?`,
    reply: `Hold the button for ${(7 * i) % 60} seconds [1].`,
    bot: i % 2 === 0 ? 'a' : 'b',
    stars: i % 3 === 0 ? 2 : 5,
    ...(i === 5 ? { draft: true } : {}),
  }));

describe('docs/plugins.md', () => {
  it('has a signal that works', () => {
    const { path, lines: length } = moduleOf('signal');
    expect(length).toBeLessThan(30);
    return import(/* @vite-ignore */ path).then(({ citations }) => {
      const of = (record: vouch.RecordInput) =>
        vouch.signals(record, { plugins: [citations] })['plugin.acme.citations'];
      const context = ['one', 'two', 'three', 'four'];
      expect(of({ answer: 'Yes [2], and yes [2][3].', prompt: 'q', context })).toBe(0.5);
      expect(of({ answer: 'Yes.', prompt: 'q', context })).toBe(0);
      expect(of({ answer: 'Yes [1].', context })).toBeUndefined();
      expect(of({ answer: 'Yes [1].', prompt: 'q' })).toBeUndefined();
    });
  });

  it('has a reader that reads a log, from lines and from a table, by detection and by name', async () => {
    const { path, lines: length } = moduleOf('reader');
    expect(length).toBeLessThan(30);
    const file = put('log.jsonl', lines(log(9)));
    const table = put(
      'log.csv',
      ['ticket,question,reply,bot,stars', 't1,What?,This.,a,5', 't2,Why?,That.,b,1'].join('\n'),
    );
    const read = async (source: string, format?: string) => {
      const all: vouch.AnswerRecord[] = [];
      for await (const record of vouch.readAnswers(source, { plugins: [path], format })) all.push(record);
      return all;
    };
    const records = await read(file);
    expect(records.map(({ id }) => id)).toEqual(['t0', 't1', 't2', 't3', 't4', 't6', 't7', 't8']);
    expect(records[1]).toMatchObject({ prompt: 'How do I reset device 1?', model: 'b', labels: [{ value: 1 }] });
    expect(await read(file, 'support-log')).toEqual(records);
    expect((await read(table)).map(({ id, answer }) => [id, answer])).toEqual([
      ['t1', 'This.'],
      ['t2', 'That.'],
    ]);
    await expect(read(file, 'no-log')).rejects.toMatchObject({ code: 'BAD_USAGE' });
    const found = JSON.parse(await command(registerRead, 'read', file, '--plugin', path, '--json', '--quiet'));
    expect(found).toMatchObject({ passed: { drafts: 1 }, formats: [{ format: 'support-log', rows: 9 }] });
  });

  it('has a learner that trains, is recorded and needed, and scores as it was fitted', async () => {
    const { path, lines: length } = moduleOf('learner');
    expect(length).toBeLessThan(30);
    const out = join(folder, 'learned');
    const { report } = await vouch.train(graded, { out, ...quickly, plugins: [path] });
    const candidates = report.selection.learners.map(({ name }) => name);
    expect(candidates).toContain('plugin.acme.averaged');
    const own = report.selection.learners.find(({ name }) => name === 'plugin.acme.averaged');
    expect(own?.logLoss).toBeLessThan(0.69);
    expect(manifestOf(out).plugins).toMatchObject([{ kind: 'learner', name: 'acme.averaged', version: 1 }]);
    await expect(vouch.openScorer(out)).rejects.toMatchObject({ code: 'BUNDLE_PLUGIN' });
    const again = join(folder, 'again');
    await vouch.train(graded, { out: again, ...quickly, plugins: [path] });
    expect(manifestOf(again).files['model.onnx']).toBe(manifestOf(out).files['model.onnx']);
    const scores = await vouch.score(fresh, { model: out, plugins: [path] });
    expect(scores.every(({ probability }) => (probability as number) > 0 && (probability as number) < 1)).toBe(true);
  });
});

describe('a reader', () => {
  it('that trains is in the manifest and not needed to open; what it throws is a bad line', async () => {
    const answers = graded.map(({ answer, ...rest }) => ({ ...rest, reply: answer }));
    const reader = put(
      'reply.mjs',
      `export default { kind: 'reader', name: 'replies', version: 4, detect: (row) => 'reply' in row ? 'reply' : null,
        read: ({ reply, ...row }) => { if (reply === 'boom') throw new Error('boom'); return [{ record: { ...row, answer: reply } }]; } };`,
    );
    const out = join(folder, 'read');
    await vouch.train(put('replies.jsonl', lines(answers)), { out, ...quickly, plugins: [reader] });
    expect(manifestOf(out).plugins).toMatchObject([{ kind: 'reader', name: 'replies', version: 4 }]);
    const file = put(
      'later.jsonl',
      lines([
        { id: 'x1', reply: 'It is 4.' },
        { id: 'x2', reply: 'boom' },
      ]),
    );
    const bad: string[] = [];
    const onBadLine = (line: object) => bad.push(JSON.stringify(line));
    const scores = await vouch.score(file, { model: out, plugins: [reader], badLines: 'skip', onBadLine });
    expect(scores.map(({ id }) => id)).toEqual(['x1']);
    expect(bad).toEqual([expect.stringContaining('VOUCH_PLUGIN_FAILED')]);
    await expect(vouch.score(file, { model: out, plugins: [reader] })).rejects.toThrow(
      /later\.jsonl:2: .*replies \(version 4\).*boom.*VOUCH_PLUGIN_FAILED/,
    );
    await (await vouch.openScorer(out)).close();
  });

  it('cannot take a name of ours', () => {
    const given = { version: 1, detect: () => null, read: () => [] };
    for (const name of ['openai-chat', 'csv']) {
      expect(() => defineReader({ ...given, name })).toThrow(/VOUCH_BAD_USAGE/);
    }
  });
});

describe('a learner', () => {
  it('may be a network: the graph computes what its layers say', async () => {
    const plugin = defineLearner({
      name: 'acme.net',
      version: 1,
      fit: ({ width, inputs, random }) => {
        const at = inputs.findIndex((name) => name.startsWith('features.hints@'));
        const pick = (h: number) =>
          Float64Array.from({ length: width * h }, (_, k) => (Math.floor(k / h) === at ? 1 : 0));
        random();
        return {
          weights: new Float64Array(width),
          intercept: -0.1,
          layers: [
            { weights: pick(3), biases: [0, 0.5, -1] },
            { weights: [0.5, 0, 1, -1, 0.2, 0.3], biases: [0.1, 0.2] },
          ],
          head: [2, -1],
        };
      },
    });
    const out = join(folder, 'net');
    const alone = { ...quickly, learners: ['blend' as const] };
    const run = vouch.train(graded, { out, ...alone, plugins: [plugin] });
    const { report } = await run;
    expect(report.selection.learners.map(({ name }) => name)).toContain('plugin.acme.net');
    const scores = await vouch.score(fresh, { model: out, plugins: [plugin] });
    expect(new Set(scores.map(({ probability }) => probability)).size).toBeGreaterThan(5);
  });

  it.each([
    ['too few weights', () => ({ weights: [1], intercept: 0 })],
    ['NaN', ({ width }: vouch.LearnerRows) => ({ weights: new Float64Array(width).fill(Number.NaN), intercept: 0 })],
    [
      'a throw',
      () => {
        throw new Error('boom');
      },
    ],
  ] as const)('that gives %s fails the run', async (_, fit) => {
    const plugin = defineLearner({ name: 'acme.bad', version: 2, fit: fit as vouch.LearnerPlugin['fit'] });
    const run = vouch.train(graded, { out: join(folder, 'bad'), ...quickly, plugins: [plugin] });
    await expect(run).rejects.toThrow(/acme\.bad \(version 2\).*VOUCH_PLUGIN_FAILED/s);
  });
});

describe('a labeller and an exporter', () => {
  it('grades, and is refused where it fails', async () => {
    const plugin = defineLabeller({
      name: 'acmeEnds',
      version: 1,
      of: ({ answer, reference }) => (answer === '?' ? 7 : answer.endsWith(reference?.[0] ?? ' ') ? 1 : 0),
    });
    const answers = [
      { answer: 'It is Rome', reference: ['Rome'] },
      { answer: 'Rome it is', reference: ['Rome'] },
    ];
    const graded = await vouch.label(answers, { with: 'acmeEnds', plugins: [plugin] });
    expect(graded.map(({ labels }) => labels)).toEqual([
      [{ value: 1, source: 'auto:acmeEnds' }],
      [{ value: 0, source: 'auto:acmeEnds' }],
    ]);
    const wrong = vouch.label([{ answer: '?' }], { with: 'acmeEnds', plugins: [plugin] });
    await expect(wrong).rejects.toThrow(/record record:1.*acmeEnds.*VOUCH_PLUGIN_FAILED/);
    expect(() => defineLabeller({ name: 'numeric', version: 1, of: () => 1 })).toThrow(/VOUCH_BAD_USAGE/);
  });

  it('writes the files of a form', async () => {
    const out = join(folder, 'plain');
    await vouch.train(graded, { out, ...quickly });
    const exporter = (path: string) =>
      put(
        `export-${path.length}.mjs`,
        `export const names = { kind: 'exporter', name: 'names', version: 1,
          files: ({ manifest }) => ({ ${JSON.stringify(path)}: manifest.signals.numeric.join('\\n') }) };`,
      );
    const to = join(folder, 'exported');
    const run = (path: string) =>
      command(registerExport, 'export', out, '--out', to, '--as', 'names', '--plugin', exporter(path));
    await run('lists/names.txt');
    expect(readFileSync(join(to, 'names/lists/names.txt'), 'utf8').split('\n')).toEqual(
      manifestOf(out).signals.numeric,
    );
    await expect(run('../outside.txt')).rejects.toMatchObject({ code: 'PLUGIN_FAILED' });
    await expect(command(registerExport, 'export', out, '--out', to, '--as', 'names')).rejects.toMatchObject({
      code: 'BAD_USAGE',
    });
    const own = { name: 'triton', version: 1, files: () => ({}) };
    expect(() => defineExporter(own)).toThrow(/VOUCH_BAD_USAGE/);
  });
});
