import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { policyScore } from '../../library/policy/policy-score.js';
import { policyShow } from '../../library/policy/policy-show.js';
import { policyTrain } from '../../library/policy/policy-train.js';
import type { PolicyReport } from '../../policy/report/results.js';
import type { PolicyScore } from '../../scorer/policy/row-of.js';
import { madeLog, PRICES, unselected } from './made-log.js';

const ALPHA = 0.15;
const TRAINING = { learners: ['rate', 'signal', 'logistic'], penalties: [30, 3], threads: 1, resamples: 200 };
const dir = mkdtempSync(join(tmpdir(), 'vouch-policy-'));
const policy = join(dir, 'policy');
const fresh = madeLog(800, 'fresh');
const right = new Map(fresh.map(({ id, labels }) => [id, labels![0].value]));
let report: PolicyReport;

beforeAll(async () => {
  const trained = await policyTrain(unselected(madeLog(900, 'log')), {
    ...{ out: policy, prices: PRICES, targetError: ALPHA, training: TRAINING },
  });
  report = trained.report;
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const byGroup = (rows: readonly PolicyScore[]) => new Map(rows.map((row) => [row.group, row]));

describe('a policy from a log with every stage', () => {
  it('is certified, and buys for some questions only', () => {
    expect(report.claim).toMatchObject({ alpha: ALPHA, delta: expect.closeTo(0.05, 12), guarantee: 'finite-sample' });
    expect(report.data).toMatchObject({ cases: 900, fit: { questions: 720 }, certify: { questions: 180 } });
    const shares = report.stages.map(({ bought }) => bought);
    expect(Math.max(...shares)).toBeGreaterThan(0.1);
    expect(shares.some((share) => share > 0.02 && share < 0.98)).toBe(true);
    const [own, ...others] = report.ways;
    expect(own.total.value).toBeLessThan(
      others.find(({ name }) => name.startsWith('everything bought, always'))!.total.value!,
    );
  });

  it('keeps its promise on new questions, and pays what the report says', async () => {
    const { rows, accepted, undecided } = await policyScore(fresh, { policy });
    expect(rows).toHaveLength(800);
    expect(undecided).toBe(0);
    const kept = rows.filter(({ decision }) => decision === 'accept');
    expect(kept).toHaveLength(accepted);
    expect(accepted).toBeGreaterThan(300);
    const wrong = kept.filter(({ id }) => right.get(id) === 0).length;
    expect(wrong / kept.length).toBeLessThanOrEqual(ALPHA);
    // the large model's answers say that they were selected: under the policy they get its claim
    const large = kept.filter(({ id }) => id.endsWith('/large'));
    expect(large.length).toBeGreaterThan(20);
    for (const row of kept) expect(row).toMatchObject({ why: null, claim: report.claim!.id, next: null, differs: [] });
    for (const row of rows.filter(({ decision }) => decision !== 'accept')) {
      expect(row).toMatchObject({ decision: 'escalate', claim: null });
    }
    const signals = rows.reduce((sum, { spent }) => sum + spent.worth, 0) / rows.length;
    expect(signals).toBeGreaterThan(report.ways[0].signals.low! * 0.9);
    expect(signals).toBeLessThan(report.ways[0].signals.high! * 1.1);
  });

  it('writes nothing into the folder of the policy', async () => {
    const out = join(policy, 'policy.json');
    const refused = policyScore(fresh.slice(0, 2), { policy, out });
    await expect(refused).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { field: '--out' } });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toHaveProperty('plan');
  });

  it('reaches the same decisions when its lists are bought step by step', async () => {
    const full = byGroup((await policyScore(fresh, { policy })).rows);
    const store = new Map(fresh.map((record) => [record.id as string, record]));
    let known: AnswerRecord[] = fresh
      .filter(({ model }) => model === 'small')
      .map(({ verifiers: _, ...record }) => record as AnswerRecord);
    let rounds = 0;
    for (; rounds < 4; rounds++) {
      const { needed, undecided } = await policyScore(known, { policy, next: join(dir, 'todo') });
      if (undecided === 0) break;
      for (const { stage, file, questions } of needed) {
        const listed = readFileSync(file as string, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line));
        expect(listed).toHaveLength(questions);
        if (stage === 'large') {
          expect(listed[0].answer).toBeUndefined();
          known = [...known, ...listed.map(({ group }) => store.get(`${group}/large`)!)];
        } else {
          const ids = new Set(listed.map(({ id }) => id));
          known = known.map((record) => (ids.has(record.id) ? store.get(record.id as string)! : record));
        }
      }
    }
    expect(rounds).toBeGreaterThan(0);
    const { rows, undecided } = await policyScore(known, { policy });
    expect(undecided).toBe(0);
    for (const row of rows) expect(row).toEqual(full.get(row.group));
    expect(known.length).toBeLessThan(fresh.length);
  });

  it('says which field comes next where it is not recorded', async () => {
    const bare = fresh
      .filter(({ model }) => model === 'small')
      .map(({ verifiers: _, ...record }) => record as AnswerRecord);
    const { rows } = await policyScore(bare, { policy });
    const waiting = rows.filter(({ next }) => next !== null);
    expect(waiting.length).toBeGreaterThan(50);
    for (const row of waiting) {
      expect(row).toMatchObject({ decision: null, why: 'missing signal', claim: null });
      expect(row.missing).toEqual(row.next === 'nli' ? ['verifiers.nli'] : ['answer of large']);
    }
  });

  it('keeps its certificate at other prices, and loses it with another model, k or temperature', async () => {
    const before = await policyScore(fresh, { policy });
    const dearer = { ...PRICES, stages: PRICES.stages.map((stage) => ({ ...stage, price: { money: 2 } })) };
    const after = await policyScore(fresh, { policy, prices: dearer });
    expect(after.rows.map(({ decision, claim, id }) => [decision, claim, id])).toEqual(
      before.rows.map(({ decision, claim, id }) => [decision, claim, id]),
    );
    expect(after.spent.money).toBeGreaterThan(before.spent.money);
    const other = { ...PRICES, stages: [PRICES.stages[0], { ...PRICES.stages[1], model: 'larger' }] };
    const renamed = fresh.map((record) => (record.model === 'large' ? { ...record, model: 'larger' } : record));
    const voided = await policyScore(renamed, { policy, prices: other });
    expect(voided.accepted).toBe(0);
    const warm = await policyScore(
      fresh.map((record) => ({ ...record, decoding: { temperature: 1 } })),
      { policy },
    );
    expect(warm.accepted).toBe(0);
    for (const row of warm.rows) expect(row.differs).toEqual(['temperature']);
    const reasons = new Set(warm.rows.map(({ why }) => why));
    expect([...reasons].sort()).toEqual(['shifted', 'uncertified policy']);
  });

  it('writes JSON Lines and no tables', async () => {
    const out = join(dir, 'rows.csv');
    await expect(policyScore(fresh, { policy, out })).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: 'out' },
    });
  });

  it('is shown with its certificate, and its folder is protected against damage', async () => {
    const shown = await policyShow(policy, { prices: PRICES });
    expect(shown.policy.claim).toEqual(report.claim);
    expect(shown.voided).toEqual([]);
    expect(shown.signals).toBeCloseTo(report.ways[0].signals.value!, 9);
    const file = join(policy, 'policy.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"alpha": 0.15', '"alpha": 0.01'));
    await expect(policyShow(policy)).rejects.toMatchObject({ code: 'BUNDLE_DAMAGED' });
    writeFileSync(file, text);
  });
});

describe('a log in which a score decided what was bought', () => {
  it('is refused, even where no answer says so', async () => {
    const log = unselected(madeLog(400, 'chosen'));
    const doubted = new Set(log.filter(({ stated }) => stated != null && stated < 0.6).map(({ group }) => group));
    const chosen = log.filter(({ group, model }) => model === 'small' || doubted.has(group));
    const options = { out: join(dir, 'refused'), prices: PRICES, targetError: ALPHA, training: TRAINING };
    await expect(policyTrain(chosen, options)).rejects.toMatchObject({ code: 'SELECTED_LOG' });
  });

  it('is taken if the chance of buying was recorded', async () => {
    const log = madeLog(900, 'chances');
    const chanceOf = ({ stated }: AnswerRecord) => ((stated as number) < 0.6 ? 1 : 0.5);
    const chances = new Map(
      log.flatMap((record) => (record.model === 'small' ? [[record.group, chanceOf(record)]] : [])) as [
        string,
        number,
      ][],
    );
    const bought = log
      .filter(({ group, model }, i) => model === 'small' || (i * 7919) % 1000 < 1000 * chances.get(group as string)!)
      .map((record) => ({ ...record, bought: chances.get(record.group as string) }) as AnswerRecord);
    const options = { out: join(dir, 'weighted'), prices: PRICES, targetError: 0.2, training: TRAINING };
    const { report: weighted } = await policyTrain(bought, options);
    expect(weighted.data.weighted).toBe(true);
    expect(weighted.data.leftOut.missing.large).toBeGreaterThan(100);
    expect(weighted.data.cases).toBeLessThan(900);
    expect(weighted.claim === null || weighted.claim.alpha === 0.2).toBe(true);
  });
});
