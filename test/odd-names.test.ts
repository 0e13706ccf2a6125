import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAnswers } from '../data/read/answers.js';
import { overviewOf } from '../data/read/overview.js';
import { newSummary, remarksOf } from '../data/read/summary.js';
import type { AnswerRecord } from '../data/record.js';
import { writeBundle } from '../models/bundle/write.js';
import { scoreAnswers } from '../scorer/batch/score-answers.js';
import { sentencesOf, summaryOf } from '../scorer/batch/summary.js';
import { openScorer } from '../scorer/open.js';
import { openService } from '../serve/service.js';
import { random } from '../support/random.js';
import { serveOptions } from './support/serving.js';
import { trainOn } from './support/trained.js';

/** Names that a plain object has already, or takes for something else. */
const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty'] as const;
const dir = mkdtempSync(join(tmpdir(), 'vouch-names-'));
const at = (name: string) => join(dir, name);
afterAll(() => rmSync(dir, { recursive: true }));

function answers(n: number): AnswerRecord[] {
  const draw = random('odd names');
  return Array.from({ length: n }, (_, i) => {
    const logprob = -3 * draw.next();
    const name = NAMES[i % 2];
    return {
      id: `q${i}`,
      group: `g${i >> 1}`,
      model: name,
      task: NAMES[(i >> 1) % 2],
      prompt: `Which ${i}?`,
      answer: 'word',
      tokens: [{ token: 'word', logprob }],
      labels: [{ value: draw.next() < 0.9 + logprob / 4 ? 1 : 0, source: NAMES[i % 4], name }],
    };
  });
}

describe('models, tasks, sources and keys called constructor and __proto__', () => {
  const records = answers(400);
  beforeAll(async () => {
    const { files, manifest, report } = await trainOn(records);
    expect(report.data.sources).toEqual(Object.fromEntries(NAMES.map((name) => [name, 100])));
    expect(JSON.parse(JSON.stringify(report.data.sources))).toEqual(report.data.sources);
    await writeBundle(at('bundle'), files, manifest);
  }, 300_000);

  it('are in the vocabularies of a bundle, each with a score of its own', async () => {
    const scorer = await openScorer(at('bundle'));
    const { categorical } = scorer.manifest.signals;
    const models = categorical.find(({ name }) => name === 'model');
    expect([...(models?.vocabulary ?? [])].sort()).toEqual(['__proto__', 'constructor']);
    expect([...(scorer.manifest.data.models ?? [])].sort()).toEqual(['__proto__', 'constructor']);
    const categories = ['constructor', '__proto__', 'never'].map((model) => [
      ...scorer.rows([{ ...records[0], model }]).categories,
    ]);
    expect(new Set(categories.map(String)).size).toBe(3);
    await scorer.close();
  });

  it('are counted as themselves while reading, and in the JSON of it', async () => {
    const lines = records.map((record, i) => `{"${NAMES[i % 4]}":1,${JSON.stringify(record).slice(1)}\n`);
    writeFileSync(at('in.jsonl'), lines.join(''));
    const summary = newSummary();
    const seen = overviewOf(() => false);
    for await (const batch of readAnswers([at('in.jsonl')], { summary }))
      for (const each of batch.records) seen.add(each);
    const hundred = Object.fromEntries(NAMES.map((name) => [name, 100]));
    expect([...summary.unknownKeys]).toEqual(NAMES.map((name) => [name, 100]));
    expect([...summary.sources]).toEqual(NAMES.map((name) => [name, 100]));
    expect(remarksOf(summary).join('\n')).toContain('constructor (100), __proto__ (100)');
    const { models, tasks, labels } = JSON.parse(JSON.stringify(seen.finish()));
    expect(Object.entries(models)).toEqual([
      ['constructor', 200],
      ['__proto__', 200],
    ]);
    expect(Object.entries(tasks)).toEqual(Object.entries(models));
    expect(labels).toEqual(hundred);
  });

  it('are counted in what score says, also where a run goes on', async () => {
    const unseen = records.map((record, i) => ({ ...record, id: `${i}`, model: NAMES[i % 4], task: NAMES[i % 4] }));
    writeFileSync(at('new.jsonl'), unseen.map((record) => `${JSON.stringify(record)}\n`).join(''));
    const scorer = await openScorer(at('bundle'));
    const job = { files: [at('new.jsonl')], read: {}, out: at('out.jsonl'), vouch: '1', checkpoint: 128 };
    const controller = new AbortController();
    const progress = (rows: number) => rows >= 256 && controller.abort();
    await scoreAnswers(scorer, job, { stop: controller.signal, progress }).catch(() => {});
    const scored = await scoreAnswers(scorer, { ...job, resume: true });
    expect([scored.before, scored.tally.rows]).toEqual([256, 400]);
    const summary = summaryOf(scored, scorer.manifest, 'out.jsonl', null, 1);
    expect(Object.entries(JSON.parse(JSON.stringify(summary)).drift.unseenModels)).toEqual([
      ['toString', 100],
      ['hasOwnProperty', 100],
    ]);
    expect(sentencesOf(summary).join('\n')).toContain('never seen in training (toString, hasOwnProperty)');
    expect(readFileSync(at('out.jsonl'), 'utf8').trimEnd().split('\n').length).toBe(400);
    await scorer.close();
  });

  it('are scored by the service, whose metrics count them', async () => {
    const { app } = await openService(serveOptions(at('bundle')));
    const payload = { records: NAMES.map((name, i) => ({ ...records[0], id: `${i}`, model: name, task: name })) };
    const { statusCode, body } = await app.inject({
      method: 'POST',
      url: '/v1/score',
      payload: JSON.stringify(payload),
    });
    expect([statusCode, JSON.parse(body).scores.length]).toEqual([200, 4]);
    const metrics = (await app.inject({ method: 'GET', url: '/metrics' })).body;
    const counts = [...metrics.matchAll(/^vouch_scores_total\{.*\} (\d+)$/gm)].map(([, n]) => Number(n));
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(4);
    await app.close();
  });
});
