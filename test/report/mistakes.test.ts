import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../../models/bundle/manifest.js';
import { reportHtml } from '../../report/html.js';
import { scorerOf } from '../../scorer/open.js';
import { TrainingDataCollector } from '../../train/prepare/training-data.js';
import type { Trained } from '../../train/train.js';
import { madeAnswers } from '../support/answers.js';
import { dataOf, trainOn } from '../support/trained.js';
import { fakeReport } from './fake-report.js';

const records = madeAnswers(300);
const data = dataOf(records);

describe('the surest mistakes of a run', () => {
  let trained: Trained;

  beforeAll(async () => {
    trained = await trainOn(records, {
      certify: 'split',
      learners: ['logistic', 'trees', 'blend'],
      trees: { most: 20 },
    });
  });

  it('are the certify answers whose probabilities lie farthest on the wrong side', async () => {
    const { report, files, manifest, certify } = trained;
    const scorer = await scorerOf(files['model.onnx'] as Uint8Array, { ...manifest, files: {} } as Manifest);
    const scores = await scorer.scoreMany(
      Array.from(certify, (row) => records[row]),
      { reasons: 5 },
    );
    await scorer.close();
    const by = (wanted: (y: number) => boolean) =>
      scores.filter((_, i) => wanted(data.y[certify[i]])).sort((a, b) => b.probability - a.probability);
    const { wrong, right } = report.mistakes!;
    const tell = ({ id, probability }: { id: string; probability: number }) => [id, probability.toFixed(4)];
    expect(wrong.length).toBe(20);
    expect(wrong.slice(0, 3).map(tell)).toEqual(
      by((y) => y < 0.5)
        .slice(0, 3)
        .map(tell),
    );
    const least = by((y) => y > 0.5)
      .reverse()
      .slice(0, 3);
    expect(right.slice(0, 3).map(tell)).toEqual(least.map(tell));
    expect(right[0].reasons).toEqual(least[0].reasons);
    expect(right.every(({ label }) => label === 1) && wrong.every(({ label }) => label === 0)).toBe(true);
    for (const { reasons } of [...wrong, ...right]) expect(reasons.length).toBeGreaterThan(0);
    const text = records.find(({ id }) => id === wrong[0].id)!.prompt!;
    expect(JSON.stringify(report)).not.toContain(text);
  });

  it('are on the page, escaped, the first of each kind openly', () => {
    const report = structuredClone(trained.report);
    const nasty = '</code><script>alert(1)</script>';
    report.mistakes!.wrong[0].id = nasty;
    report.mistakes!.wrong[0].reasons = [
      {
        signal: 'tokens.minLogprob',
        value: -3.25,
        effect: -1.8,
        plain: 'Probability of the least likely token: 0.0388',
      },
      { signal: 'model', value: nasty, effect: 0.25, plain: `Model: ${nasty}` },
      {
        signal: 'stated',
        value: null,
        effect: 0.125,
        plain: 'Stated confidence: not recorded, or not seen in training',
      },
    ];
    const markup = reportHtml(report);
    expect(markup).not.toContain(nasty);
    const { document } = parseHTML(markup);
    const tables = [...document.querySelectorAll('#mistakes table')];
    expect(tables.map((each) => each.querySelectorAll('tbody tr').length)).toEqual([6, 14, 6, 14]);
    const cell = document.querySelector('#mistakes tbody tr td:last-child')!;
    const said = (cell.textContent ?? '').replace(/\s+/g, ' ').trim();
    expect(said).toBe(
      '−1.80 Probability of the least likely token: 0.0388+0.25 Model: </code><script>alert(1)</script>' +
        '+0.13 Stated confidence: not recorded, or not seen in training',
    );
  });
});

describe('texts next to the surest mistakes', () => {
  const texts = { question: '</dd><script>alert(2)</script> & why?', answer: `${'long '.repeat(100)}end` };
  const mistake = { id: 'a', model: 'm', task: 't', label: 0, probability: 0.98, reasons: [] };
  const drawn = (found: { texts?: typeof texts }) =>
    reportHtml({ ...fakeReport(), mistakes: { wrong: [{ ...mistake, ...found }], right: [] } });

  it('are escaped, cut at the end, and announced at the top', () => {
    const markup = drawn({ texts });
    expect(markup).not.toContain('<script>alert(2)');
    const { document } = parseHTML(markup);
    const [question, answer] = [...document.querySelectorAll('#mistakes .texts dd')].map((dd) => dd.textContent ?? '');
    expect(question).toBe(texts.question);
    expect([...answer].length).toBe(300);
    expect(answer.startsWith('long long') && answer.endsWith('…')).toBe(true);
    expect(document.querySelector('header')?.textContent).toContain(
      'This report contains texts: question and answer of 1 mistake (--report-texts).',
    );
  });

  it('are absent without the option', () => {
    expect(drawn({})).not.toContain('class="texts"');
    expect(drawn({})).not.toContain('contains texts');
  });

  it('are kept by the collector only if asked for, with white space cleaned', () => {
    const record = { id: 'a', prompt: '  How\n many? ', answer: `${'x'.repeat(5000)}`, label: 1 } as never;
    const collected = (keeps: boolean) => {
      const collector = new TrainingDataCollector(0, undefined, null, undefined, { keepsTexts: keeps });
      collector.add({ ...(record as object), labels: [{ value: 1 }] } as never, 'made', 1);
      return collector.finish();
    };
    expect(collected(false).texts).toBeUndefined();
    const [kept] = collected(true).texts!;
    expect(kept.question).toBe('How many?');
    expect(kept.answer).toBe(`${'x'.repeat(299)}…`);
  });
});

it('a report without them has no such section; one without any says so', () => {
  expect(reportHtml(fakeReport())).not.toContain('id="mistakes"');
  expect(reportHtml({ ...fakeReport(), mistakes: { wrong: [], right: [] } })).toContain(
    'No labelled answer could be tested.',
  );
});
