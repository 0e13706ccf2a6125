import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { patternOf } from '../../features/pattern.js';
import { writeBundle } from '../../models/bundle/write.js';
import { scoreAnswers } from '../../scorer/batch/score-answers.js';
import { summaryOf } from '../../scorer/batch/summary.js';
import { openScorer } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { madeAnswers } from '../support/answers.js';
import { light, trainOn } from '../support/trained.js';

const sample = (model?: string) => ({ answer: 'It is 7.', ...(model === undefined ? {} : { model }) });

describe('samples of the own model and answers of others are two groups', () => {
  const own = { id: 'a', answer: 'It is 7.', model: 'm1' };
  it.each([
    ['its own, by name', [sample('m1')], 'free+samples'],
    ['of no model named', [sample()], 'free+samples'],
    ['of another', [sample('m2')], 'free+others'],
    ['of both', [sample('m2'), sample()], 'free+samples+others'],
    ['none', [], 'free'],
  ])('%s', (_, samples, expected) => expect(patternOf({ ...own, samples })).toBe(expected));

  it('with verifiers the pattern names others last', () => {
    expect(patternOf({ ...own, samples: [sample('m2')], stated: 0.5 })).toBe('free+verifiers+others');
  });
});

describe('a claim certified by hiding', () => {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-hidden-'));
  let scorer: Scorer;
  /** Answers with answers of other models beside them; without `others` as if none were recorded. */
  const made = (questions: number, seed: number, others: boolean): AnswerRecord[] =>
    madeAnswers(questions, seed).map((record) => ({
      ...record,
      id: `${seed} ${record.id}`,
      stated: undefined,
      tokens: record.tokens ?? [{ token: 'x', logprob: -0.7 }],
      ...(others ? { samples: [sample('m7'), { ...sample('m8'), answer: `It is ${seed}.` }] } : {}),
    }));
  beforeAll(async () => {
    const options = { ...light, targetError: 0.3, patterns: ['free+logprobs'] };
    const { files, manifest } = await trainOn(made(400, 1, true), options);
    await writeBundle(join(dir, 'bundle'), files, manifest);
    scorer = await openScorer(join(dir, 'bundle'));
  });
  afterAll(async () => {
    await scorer.close();
    rmSync(dir, { recursive: true });
  });

  it('is told apart in the manifest and in each row it accepts', async () => {
    const bases = scorer.manifest.thresholds.map(({ pattern, basis, threshold }) => [
      pattern,
      basis,
      threshold !== null,
    ]);
    expect(bases).toEqual([
      ['free+logprobs+others', 'natural', true],
      ['free+logprobs', 'hidden', true],
    ]);
    for (const [others, basis] of [
      [true, 'natural'],
      [false, 'hidden'],
    ] as const) {
      const accepted = (await scorer.scoreMany(made(60, 2, others))).filter(({ decision }) => decision === 'accept');
      expect(accepted.length).toBeGreaterThan(20);
      expect(new Set(accepted.map((row) => row.basis))).toEqual(new Set([basis]));
    }
  });

  it('makes score warn where a batch depends on it', async () => {
    const warningsOf = async (others: boolean) => {
      writeFileSync(
        join(dir, 'in.jsonl'),
        made(60, 2, others)
          .map((record) => JSON.stringify(record))
          .join('\n'),
      );
      const job = { files: [join(dir, 'in.jsonl')], read: {}, out: join(dir, 'out.jsonl'), vouch: '1' };
      const scored = await scoreAnswers(scorer, job);
      return { ...summaryOf(scored, scorer.manifest, 'out', null, 1), rows: readFileSync(job.out, 'utf8').split('\n') };
    };
    expect((await warningsOf(true)).warnings).toEqual([]);
    const { warnings, accepted, rows } = await warningsOf(false);
    expect(warnings).toEqual([
      expect.stringMatching(
        new RegExp(`^${accepted} of ${accepted} accepted rows rest on a claim that was certified by hiding`),
      ),
    ]);
    expect(rows.filter((row) => row.includes('"basis":"hidden"')).length).toBe(accepted);
  });
});
