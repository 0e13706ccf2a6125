import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FORMAT_VERSION, isOld, OLD_BUNDLE } from '../../models/bundle/manifest.js';
import { readBundle } from '../../models/bundle/read.js';
import { scoreAnswers } from '../../scorer/batch/score-answers.js';
import { sentencesOf, summaryOf } from '../../scorer/batch/summary.js';
import { openScorer } from '../../scorer/open.js';
import { checkBundle } from '../../scripts/doctor-checks.js';
import { openVerified } from '../../serve/bundle/open-verified.js';
import { sha256 } from '../../support/digest.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-old-'));
const at = (name: string) => join(dir, name);
const record = { id: 'a', answer: 'Paris', prompt: 'Where?', tokens: [{ token: 'Paris', logprob: -0.01 }] };

/** A bundle as format 1 had it: its claims say nothing of what they rest on; the golden rows hold what was decided then. */
beforeAll(async () => {
  const costs = { wrong: 10, abstain: 3, escalatedWrong: 0 };
  const decisions = { by: 'pattern' as const, sliceBy: [], costs, cuts: { accept: 0.7, escalate: null } };
  await writeTinyBundle(at('new'), { thresholds: [{ pattern: 'free+logprobs', threshold: 0 }], decisions });
  const interval = { lowAt: [0], low: [0.001, 0.002], highAt: [0], high: [0.998, 0.999] }; // Venn–Abers steps
  await writeTinyBundle(at('old'), { thresholds: [{ pattern: 'free+logprobs', threshold: 0 }], decisions, interval });
  const scorer = await openScorer(at('new'));
  const { probability, decision } = await scorer.score(record);
  expect(decision).toBe('accept');
  await scorer.close();
  const golden = JSON.stringify([{ record, features: [], categories: [], probability, decision, why: null }]);
  writeFileSync(at('old/golden.json'), golden);
  const manifest = JSON.parse(readFileSync(at('old/manifest.json'), 'utf8'));
  for (const claim of manifest.thresholds) for (const key of ['id', 'signals', 'basis', 'guarantee']) delete claim[key];
  manifest.files['golden.json'] = sha256(golden);
  delete manifest.sizes;
  writeFileSync(at('old/manifest.json'), JSON.stringify({ ...manifest, formatVersion: 1 }));
});
afterAll(() => rmSync(dir, { recursive: true }));

it('opens with the same probabilities and decides nothing, not even by its cost table', async () => {
  const [old, now] = await Promise.all([openScorer(at('old')), openScorer(at('new'))]);
  const score = await old.score(record);
  expect(score.probability).toBe((await now.score(record)).probability);
  expect(score).toMatchObject({ decision: null, why: 'uncertified pattern', claim: null });
  expect([score.low, score.high]).toEqual(
    [0.001, 0.002, 0.998, 0.999].map(Math.fround).filter((_, i) => i % 2 === Number(score.logit >= 0)),
  );
  expect([isOld(old.manifest), isOld(now.manifest), old.manifest.thresholds]).toEqual([true, false, []]);
  await Promise.all([old.close(), now.close()]);
});

it('is reported by score, serve and doctor', async () => {
  const scorer = await openScorer(at('old'));
  writeFileSync(at('in.jsonl'), JSON.stringify(record));
  const scored = await scoreAnswers(scorer, { files: [at('in.jsonl')], read: {}, out: at('out.jsonl'), vouch: '1' });
  const summary = summaryOf(scored, scorer.manifest, 'out', null, 1);
  expect(summary.warnings).toEqual([OLD_BUNDLE]);
  expect(sentencesOf(summary)).toContain(`WARNING: ${OLD_BUNDLE}`);
  await scorer.close();
  const loaded = await openVerified(at('old'), { ran: () => {} }); // its golden decisions are not compared
  expect(await loaded.score(record)).toMatchObject({ decision: null });
  await loaded.scorer.close();
  expect(await checkBundle(at('old'))).toMatchObject({ ok: false, essential: false, remedy: OLD_BUNDLE });
  expect(await checkBundle(at('new'))).toMatchObject({
    ok: true,
    says: 'format 2, by vouch 0.0.0, 1 certified thresholds',
  });
  expect(await checkBundle(at('none'))).toMatchObject({ ok: false, essential: true });
});

it('the current format is 2, and a newer one is refused', async () => {
  expect(FORMAT_VERSION).toBe(2);
  const manifest = JSON.parse(readFileSync(at('new/manifest.json'), 'utf8'));
  writeFileSync(at('new/manifest.json'), JSON.stringify({ ...manifest, formatVersion: 3 }));
  await expect(readBundle(at('new'))).rejects.toMatchObject({ code: 'BUNDLE_NEWER', detail: { got: 3 } });
});

it('a bundle of this format must say what its claims rest on', async () => {
  const manifest = JSON.parse(readFileSync(at('old/manifest.json'), 'utf8'));
  writeFileSync(at('old/manifest.json'), JSON.stringify({ ...manifest, formatVersion: 2 }));
  await expect(readBundle(at('old'))).rejects.toMatchObject({
    code: 'BUNDLE_BAD',
    detail: { field: 'thresholds.0.id' },
  });
});
