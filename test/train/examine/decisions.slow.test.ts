import { beforeAll, describe, expect, it } from 'vitest';
import { sliceOf } from '../../../features/slice.js';
import type { GoldenRow } from '../../../models/bundle/golden.js';
import type { Manifest } from '../../../models/bundle/manifest.js';
import { costOf } from '../../../models/costs.js';
import { scorerOf } from '../../../scorer/open.js';
import { evaluate } from '../../../train/evaluate.js';
import type { Trained } from '../../../train/train.js';
import { madeAnswers } from '../../support/answers.js';
import { dataOf, trainOn } from '../../support/trained.js';

const answers = madeAnswers(700);
const costs = { wrong: 10, abstain: 3, escalate: 1, escalatedWrong: 0.5 };
const graph = ({ files }: Trained) => files['model.onnx'] as Uint8Array;
const manifestOf = (trained: Trained) => ({ ...trained.manifest, files: {} }) as unknown as Manifest;
const open = (trained: Trained) => scorerOf(graph(trained), manifestOf(trained));
const quick = { learners: ['logistic'], targetError: 0.3, patternRows: 60 };

describe('decisions by slice, with a cost table', () => {
  let trained: Trained;
  beforeAll(async () => {
    trained = await trainOn(answers, { ...quick, certifyBy: 'slice', sliceBy: ['model', 'features.plan'], costs });
  });

  it('a claim a slice of a pattern, each at the confidence asked for and none below the cheapest cut', () => {
    const { thresholds, decisions } = manifestOf(trained);
    expect(decisions).toMatchObject({ by: 'slice', sliceBy: ['model', 'features.plan'], costs });
    expect(decisions?.cuts?.accept).toBeCloseTo(0.8, 12);
    expect(new Set(thresholds.map(({ slice }) => slice))).toEqual(
      new Set(['small · pro', 'small · free', 'large · pro', 'large · free']),
    );
    const certified = thresholds.filter(({ threshold }) => threshold !== null);
    expect(certified.length).toBeGreaterThan(0);
    for (const { threshold, delta } of certified) {
      expect(threshold).toBeGreaterThanOrEqual(decisions!.cuts!.accept);
      expect(delta).toBeCloseTo(0.05, 12);
    }
  });

  it('the scorer decides by them, evaluate counts them, golden rows hold them', async () => {
    const scorer = await open(trained);
    const scores = await scorer.scoreMany(answers);
    expect(scores.map(({ slice }) => slice)).toEqual(answers.map((a) => sliceOf(a, ['model', 'features.plan'])));
    const evaluation = await evaluate(dataOf(answers), scorer, { resamples: 100, seed: 1 });
    for (const decision of ['accept', 'escalate', 'abstain'] as const) {
      const key = ({ accept: 'accepted', escalate: 'escalated', abstain: 'abstained' } as const)[decision];
      const counted = evaluation.decisions.reduce((sum, record) => sum + record[key], 0);
      expect(counted).toBe(scores.filter((score) => score.decision === decision).length);
    }
    const undecided = evaluation.decisions.flatMap(({ undecided: of }) => Object.values(of));
    expect(undecided.reduce((sum, n) => sum + n, 0)).toBe(scores.filter((score) => score.why !== null).length);
    expect(scores.every(({ decision }) => decision !== null)).toBe(true); // with a cost table each gets one
    const golden = JSON.parse(trained.files['golden.json'] as string) as GoldenRow[];
    const again = await scorer.scoreMany(golden.map(({ record }) => record));
    expect(again.map(({ decision, why }) => ({ decision, why }))).toEqual(
      golden.map(({ decision, why }) => ({ decision, why })),
    );
    await scorer.close();
    // The cost of the policy is the mean over what was decided.
    const mean =
      scores.reduce((sum, { decision }, i) => {
        return sum + costOf(decision!, answers[i].labels![0].value, costs);
      }, 0) / scores.length;
    expect(evaluation.costs?.policies[0]).toMatchObject({ name: 'vouch', cost: { value: expect.closeTo(mean, 9) } });
  });

  it('reports what each way to decide costs, in the order of its names, with paired differences', () => {
    const report = trained.report.costs!;
    expect(report.policies.map(({ name }) => name)).toEqual(['vouch', 'probability', 'accept', 'abstain', 'escalate']);
    const [ours, , accept, abstain] = report.policies;
    expect(abstain.cost).toMatchObject({ value: 3, low: 3, high: 3 });
    expect(abstain.difference!.value).toBeCloseTo(ours.cost.value! - 3, 9);
    expect(accept.cost.value).toBeCloseTo(10 * (1 - trained.report.parts[1].right), 9);
    for (const { accepted, escalated, abstained } of report.policies) {
      expect(accepted + escalated + abstained).toBeCloseTo(1, 12);
    }
    expect(trained.files['report.html']).toContain('What decisions cost');
  });
});

describe('decisions by pattern', () => {
  it('report claims by slice that decide nothing; together they share δ when asked', async () => {
    const trained = await trainOn(answers, { ...quick, simultaneous: true });
    const { report } = trained;
    const manifest = manifestOf(trained);
    expect(manifest.thresholds.every(({ slice }) => slice === undefined)).toBe(true);
    const share = 0.05 / manifest.thresholds.length;
    for (const { delta } of manifest.thresholds) expect(delta).toBeCloseTo(share, 12);
    expect(report.sliceClaims!.length).toBeGreaterThan(3);
    for (const { delta } of report.sliceClaims!) expect(delta).toBeCloseTo(0.05, 12);
    expect(report.costs).toBeUndefined();
  });

  it('a slice of a text that no answer holds is wrong usage, said before training', async () => {
    await expect(trainOn(answers, { ...quick, sliceBy: ['features.mood'] })).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: 'sliceBy', expected: 'model, task, features.plan', got: 'features.mood' },
    });
  });
});
