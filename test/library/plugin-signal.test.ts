import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  adapt,
  defineSignal,
  evaluate,
  openScorer,
  type Plugin,
  score,
  signals,
  train,
  VouchError,
} from '../../index.js';
import { register as registerExport } from '../../scripts/commands/export.js';
import { register as registerFeatures } from '../../scripts/commands/features.js';
import { register as registerScore } from '../../scripts/commands/score.js';
import { openService } from '../../serve/service.js';
import { LONG } from '../../serve/thread/long.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { random } from '../../support/random.js';
import { temporary } from '../data/temporary.js';
import { madeAnswers } from '../support/answers.js';
import { command } from '../support/run-command.js';
import { serveOptions } from '../support/serving.js';
import { light } from '../support/trained.js';

const { folder, put } = temporary();
const small = { ...light, threads: 1, backend: 'wasm' as const };
const numberIn = (text: string) => Number(/\d+/.exec(text)?.[0] ?? Number.NaN);

/** Answers that are right, nine times in ten, exactly where their number is even: no signal of ours sees that. */
const records = (questions: number, seed: number) => {
  const draw = random(`parity ${seed}`);
  return madeAnswers(questions, seed).map((record) => {
    const value = (numberIn(record.answer) % 2 === 0) === draw.next() < 0.9 ? 1 : 0;
    return { ...record, labels: [{ value, source: 'human' }] };
  });
};
const graded = records(130, 1);
const fresh = records(20, 2).map((record) => ({ ...record, id: `new-${record.id}`, group: `new-${record.group}` }));
const lines = (some: object[]) => some.map((record) => `${JSON.stringify(record)}\n`).join('');

const source = `
export const even = {
  kind: 'signal', name: 'acme.even', version: 1, says: 'Whether the number is even.', towards: 'right',
  needs: 'answer', range: [0, 1],
  of: ({ record }) => { const found = /\\d+/.exec(record.answer); return found === null ? null : 1 - (found[0] % 2); },
};
export const least = {
  kind: 'signal', name: 'acme.least', version: 2, needs: 'tokens', range: [-1e4, 0], says: 'Least', towards: 'right',
  of: ({ record }) => Math.min(...record.tokens.map(({ logprob, top }) => Math.max(-1e4, logprob ?? top[0].logprob))),
};
export const other = 7;
`;
const mine = put('mine.mjs', source);
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const bundle = join(folder, 'bundle');
const manifestOf = (dir: string) => JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));
let auroc = Number.NaN;

beforeAll(async () => {
  const { report } = await train(graded, { out: bundle, ...small, plugins: [mine] });
  auroc = report.test.metrics.auroc.value as number;
});

describe('a signal of a plug-in', () => {
  it('changes the bundle, which records name, version and hash of what it uses', async () => {
    const out = join(folder, 'without');
    const { report } = await train(graded, { out, ...small });
    expect(report.test.metrics.auroc.value as number).toBeLessThan(0.65);
    expect(auroc).toBeGreaterThan(0.8);
    const { plugins, signals: schema } = manifestOf(bundle);
    expect(plugins).toEqual([
      { kind: 'signal', name: 'acme.even', version: 1, hash: sha(source) },
      { kind: 'signal', name: 'acme.least', version: 2, hash: sha(source) },
    ]);
    expect(schema.numeric).toEqual(expect.arrayContaining(['plugin.acme.even@1', 'plugin.logprobs.acme.least@2']));
    expect(manifestOf(out)).not.toHaveProperty('plugins');
  });

  it('is in the golden rows', () => {
    const at = manifestOf(bundle).signals.numeric.indexOf('plugin.acme.even@1');
    const golden: { record: { answer: string }; features: (number | null)[] }[] = JSON.parse(
      readFileSync(join(bundle, 'golden.json'), 'utf8'),
    );
    const expected = golden.map(({ record }) => numberIn(record.answer)).map((n) => (n >= 0 ? 1 - (n % 2) : null));
    expect(golden.map(({ features }) => features[at])).toEqual(expected);
    expect(new Set(expected)).toEqual(new Set([0, 1, null]));
  });

  it('scores the same everywhere: single, batch, file, service, its threads, and after a copy elsewhere', async () => {
    const all = await score(fresh, { model: bundle, plugins: [mine] });
    const elsewhere = join(folder, 'elsewhere/bundle');
    cpSync(bundle, elsewhere, { recursive: true });
    const moved = put('elsewhere/plugin.mjs', source);
    const scorer = await openScorer(elsewhere, { plugins: [moved] });
    for (const [i, record] of fresh.entries()) {
      const { probability, decision } = await scorer.score(record);
      expect([probability, decision]).toEqual([all[i].probability, all[i].decision]);
    }
    await scorer.close();

    const file = put('fresh.jsonl', lines(fresh)); // its tokens are read as packed numbers
    const out = join(folder, 'scores.jsonl');
    await command(registerScore, 'score', file, '--model', bundle, '--out', out, '--plugin', mine, '--quiet');
    const written = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    written.forEach(({ id, probability }, i) => {
      expect(id).toBe(all[i].id);
      expect(probability).toBeCloseTo(all[i].probability as number, 6);
    });
    expect(written).toHaveLength(all.length);

    const { app } = await openService(serveOptions(bundle, { plugins: await openPlugins([mine]) }));
    const long = { ...fresh[0], context: ['word '.repeat(LONG / 5 + 10)] };
    for (const payload of [{ records: fresh }, { records: [long] }]) {
      const { body } = await app.inject({ method: 'POST', url: '/v1/score', payload });
      const expected = await score(payload.records, { model: bundle, plugins: [mine] });
      const served = JSON.parse(body).scores ?? JSON.parse(body).records;
      served.forEach(({ probability }: { probability: number }, i: number) => {
        expect(probability).toBeCloseTo(expected[i].probability as number, 6);
      });
      expect(served).toHaveLength(expected.length);
    }
    await app.close();
  });

  it('is needed to open: not given, another byte and another version are refused, with what is expected', async () => {
    const expected = `signal plug-in acme.even (version 1, SHA-256 ${sha(source)})`;
    const refused = async (plugins: (string | Plugin)[], says: string) => {
      const error = await openScorer(bundle, { plugins }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(VouchError);
      expect(error.code).toBe('BUNDLE_PLUGIN');
      expect(error.message).toContain(expected);
      expect(error.message).toContain(says);
    };
    await refused([], 'no plug-in');
    const byte = `${source}\n`;
    await refused([put('byte.mjs', byte)], sha(byte));
    const newer = source.replace('version: 1', 'version: 3');
    await refused([put('newer.mjs', newer)], `version 3, SHA-256 ${sha(newer)}`);
    const object = defineSignal({ name: 'acme.even', version: 1, needs: 'answer', range: [0, 1], of: () => 1 });
    await refused([object], 'an object');
    const runs: (() => PromiseLike<unknown>)[] = [
      () => evaluate(fresh, { model: bundle }),
      () => score(fresh, { model: bundle }),
      () => score(fresh, { model: bundle, out: join(folder, 'none.jsonl') }),
      () => adapt(fresh, { model: bundle, out: join(folder, 'none') }),
      () => openService(serveOptions(bundle)),
    ];
    for (const run of runs) {
      await expect(Promise.resolve().then(run)).rejects.toMatchObject({ code: 'BUNDLE_PLUGIN' });
    }
  });

  it('is read again from the same path if the file changed', async () => {
    const path = put('changing.mjs', source);
    await (await openScorer(bundle, { plugins: [path] })).close();
    put('changing.mjs', source.replace('1 - (found[0] % 2)', 'found[0] % 2'));
    await expect(openScorer(bundle, { plugins: [path] })).rejects.toMatchObject({ code: 'BUNDLE_PLUGIN' });
  });

  it('fails on its golden rows if what it imports has changed', async () => {
    const importing = `import { n } from './helper.mjs';\nexport const own = { kind: 'signal', name: 'acme.own', version: 1,
      needs: 'answer', range: [0, 1000], of: ({ record }) => n + record.answer.length };`;
    const path = put('imports/own.mjs', importing);
    put('imports/helper.mjs', 'export const n = 1;');
    const out = join(folder, 'importing');
    await train(graded, { out, ...small, plugins: [path] });
    const other = put('imports2/own.mjs', importing);
    put('imports2/helper.mjs', 'export const n = 5;');
    await expect(openScorer(out, { plugins: [other] })).rejects.toThrow(
      /another (value of plugin.acme.own|probability)/,
    );
  });

  it('adapts, and is measured by evaluate', async () => {
    const out = join(folder, 'adapted');
    await adapt(records(60, 3), { model: bundle, out, plugins: [mine] });
    expect(manifestOf(out).plugins).toEqual(manifestOf(bundle).plugins);
    const { metrics } = await evaluate(fresh, { model: out, plugins: [mine], withSeen: true });
    expect(metrics.auroc.value as number).toBeGreaterThan(0.75);
  });

  it('is a column of vouch features and an input that exports leave to the caller', async () => {
    const file = put('some.jsonl', lines(fresh.slice(0, 3)));
    const table = join(folder, 'table.csv');
    await command(registerFeatures, 'features', file, '--out', table, '--plugin', mine, '--quiet');
    const [header, ...rows] = readFileSync(table, 'utf8').trim().split(/\r?\n/);
    const at = header.split(',').indexOf('plugin.acme.even');
    expect(rows.map((row) => Number(row.split(',')[at]))).toEqual(
      fresh.slice(0, 3).map(({ answer }) => 1 - (numberIn(answer) % 2)),
    );

    const out = join(folder, 'exported');
    const args = ['export', bundle, '--out', out, '--as', 'feature-graph,raw-graph', '--plugin', mine];
    expect(await command(registerExport, ...args)).toContain('plugin.acme.even, plugin.logprobs.acme.least');
    for (const form of ['feature-graph', 'raw-graph']) {
      const { inputs, callerComputes } = JSON.parse(readFileSync(join(out, form, 'inputs.json'), 'utf8'));
      expect(JSON.stringify(inputs)).toContain('"plugin.acme.even@1"');
      expect(callerComputes.signals.map(({ input }: { input: string }) => input)).toEqual([
        'plugin.acme.even@1',
        'plugin.logprobs.acme.least@2',
      ]);
      expect(callerComputes.plugins).toEqual(manifestOf(bundle).plugins);
    }
    rmSync(out, { recursive: true });
  });
});

describe('a faulty signal', () => {
  const given = { name: 'acme.odd', version: 1, needs: 'answer', range: [0, 1] } as const;
  const of = (value: () => number | null) =>
    signals({ id: 'q7', answer: 'a' }, { plugins: [defineSignal({ ...given, of: value })] });

  it('is never 0: a throw, NaN, nothing and a value out of range are errors with plug-in and record', () => {
    const boom = () => {
      throw new Error('boom');
    };
    for (const value of [boom, () => Number.NaN, () => undefined as never, () => 1.5, () => '1' as never]) {
      expect(() => of(value)).toThrow(/record q7.*acme\.odd \(version 1\).*VOUCH_PLUGIN_FAILED/s);
    }
    expect(of(() => 1)).toHaveProperty(['plugin.acme.odd'], 1);
    expect(of(() => null)).not.toHaveProperty(['plugin.acme.odd']);
  });

  it('is found before training: on synthetic records, whatever the answers are', async () => {
    const plugin = defineSignal({ ...given, of: ({ record }) => (record.answer === '' ? Number.NaN : 1) });
    const run = train(graded, { out: join(folder, 'faulty'), ...small, plugins: [plugin] });
    await expect(run).rejects.toMatchObject({ code: 'PLUGIN_FAILED' });
  });

  it('sees no label and no reference', () => {
    let seen: object = {};
    const plugin = defineSignal({ ...given, of: ({ record }) => (seen = record) && null });
    signals({ answer: 'a', reference: ['b'], labels: [{ value: 1 }], stated: 0.5 }, { plugins: [plugin] });
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['labels']));
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['reference']));
    expect(seen).toMatchObject({ answer: 'a', stated: 0.5, tokens: null });
  });

  it.each([
    ['name', { name: 'digits' }],
    ['name', { name: 'tokens.' }],
    ['name', { name: 'acme.x.log' }],
    ['name', { name: 'plugin.x' }],
    ['name', { name: 'samples.x' }],
    ['version', { version: 0 }],
    ['needs', { needs: 'label' as never }],
    ['range', { range: [1, 0] as const }],
    ['range', { range: [0, Number.POSITIVE_INFINITY] as const }],
    ['of', { of: 3 as never }],
  ])('is refused for its %s: %j', (field, wrong) => {
    const define = () => defineSignal({ ...given, of: () => 1, ...wrong });
    expect(define).toThrow(/VOUCH_BAD_USAGE/);
    expect(define).toThrow(new RegExp(field));
  });
});
