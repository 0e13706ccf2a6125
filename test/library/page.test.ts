import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import * as vouch from '../../index.js';
import { temporary } from '../data/temporary.js';
import { madeAnswers } from '../support/answers.js';
import { light } from '../support/trained.js';

const pageOf = (name: string) => readFileSync(resolve(import.meta.dirname, '../../docs', name), 'utf8');
const blocksOf = (text: string) => [...text.matchAll(/<!-- run -->\n```js\n([\s\S]*?)```/g)].map(([, code]) => code);
const page = pageOf('library.md');
const blocks = blocksOf(page);
const { folder, put } = temporary();

/** The page's programs run as they stand, with smaller fits, in a folder of their own; gives what they print. */
async function runs(code: string): Promise<unknown[][]> {
  const here = (path: string) => join(folder, path);
  const small = { ...light, threads: 1, backend: 'wasm' as const };
  const given = {
    ...vouch,
    train: (answers: vouch.RecordSource, options: vouch.TrainOptions) =>
      vouch.train(answers, { ...small, ...options, out: here(options.out) }),
    readAnswers: (path: string) => vouch.readAnswers(here(path)),
    evaluate: (answers: vouch.RecordSource, { report, ...options }: vouch.EvaluateOptions) =>
      vouch.evaluate(answers, { ...options, ...(report === undefined ? {} : { report: here(report) }) }),
  };
  const body = code.replace(/^import (\{.*?\}) from 'vouch';$/m, 'const $1 = vouch;');
  const AsyncFunction = (async () => {}).constructor as new (
    ...args: string[]
  ) => (...args: unknown[]) => Promise<void>;
  const printed: unknown[][] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((...args) => printed.push(args) > 0);
  try {
    await new AsyncFunction('vouch', body)(given);
  } finally {
    spy.mockRestore();
  }
  return printed;
}

describe('docs/library.md', () => {
  it('has a first program of 25 lines that trains, scores and evaluates', async () => {
    put(
      'answers.jsonl',
      madeAnswers(160)
        .map((record) => `${JSON.stringify(record)}\n`)
        .join(''),
    );
    expect(
      blocks[0]
        .trim()
        .split('\n')
        .filter((line) => line !== '').length,
    ).toBeLessThanOrEqual(25);
    const printed = await runs(blocks[0]);
    const named = new Map(printed.map(([name, ...rest]) => [name, rest]));
    expect(named.get('log-loss')?.[0]).toBeLessThan(0.69);
    expect((named.get('AUROC') as [vouch.Estimate])[0].value).toBeGreaterThan(0.6);
    expect(printed.at(-1)?.[0]).toMatchObject({ id: 'record:1' });
  });

  it('certifies: half of the scores below 0.5 are wrong, none above', async () => {
    const [[text]] = await runs(blocks[1]);
    const [threshold, coverage, n, error] = [...String(text).matchAll(/\d+(?:\.\d+)?/g)].map(([digits]) =>
      Number(digits),
    );
    expect(n).toBe(280);
    expect(error).toBeLessThan(0.1);
    expect(threshold).toBeGreaterThan(0.3);
    expect(coverage).toBeGreaterThan(0.5);
  });

  it('calibrates and measures', async () => {
    const [[high], [ece], [signals]] = await runs(blocks[2]);
    expect(high).toBeGreaterThan(0.7);
    expect((ece as vouch.Estimate).value).toBeCloseTo((0.1 + 0.2 + 0.7 + 0.6 + 0.3 + 0.2) / 6, 12);
    expect(Object.keys(signals as object).length).toBeGreaterThan(10);
  });

  it('names all that the package exports as a function or a table of them', () => {
    const names = ['train', 'openScorer', 'score', 'evaluate', 'adapt', 'readAnswers', 'label', 'certify', 'signals'];
    for (const name of [...names, 'calibrators', 'metrics']) {
      expect(vouch).toHaveProperty(name);
      expect(page).toMatch(new RegExp(`^## .*\\b${name}\\b|\`${name}\\b`, 'm'));
    }
    for (const name of [...Object.keys(vouch.calibrators), ...Object.keys(vouch.metrics)])
      expect(page).toContain(`\`${name}\``);
  });
});

describe('docs/evaluate.md', () => {
  it('gives a verdict on each promise, and a report of it', async () => {
    put(
      'answers.jsonl',
      madeAnswers(320)
        .map((record) => `${JSON.stringify(record)}\n`)
        .join(''),
    );
    const printed = await runs(blocksOf(pageOf('evaluate.md'))[0]);
    const verdicts = printed.filter(([, verdict]) => ['kept', 'broken', 'cannot tell'].includes(String(verdict)));
    expect(verdicts.length).toBeGreaterThan(0);
    expect(printed.at(-1)).toEqual(['broken', expect.any(Number)]);
    const report = readFileSync(join(folder, 'evaluation.html'), 'utf8');
    expect(report).toMatch(/<h1>[^<]*(kept|broken|cannot tell)[^<]*<\/h1>/);
    expect(report).not.toMatch(/src=|href="http|<script/);
  });
});
