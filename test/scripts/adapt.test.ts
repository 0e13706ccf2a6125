import { readFile, rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import type { GoldenRow } from '../../models/bundle/golden.js';
import { readBundle } from '../../models/bundle/read.js';
import { writeBundle } from '../../models/bundle/write.js';
import { openScorer } from '../../scorer/open.js';
import { register } from '../../scripts/commands/adapt.js';
import { sha256 } from '../../support/digest.js';
import { errorOf, temporary } from '../data/temporary.js';
import { madeAnswers } from '../support/answers.js';
import { command } from '../support/run-command.js';
import { light, trainOn } from '../support/trained.js';

const { folder: dir, put } = temporary();
const bundle = join(dir, 'trained');

/** Answers to a task that was not trained on, by another model: mostly wrong, and told by another signal. */
function newTask(questions: number, seed = 5): AnswerRecord[] {
  return madeAnswers(questions, seed).map((record, i) => ({
    ...record,
    id: `new-${record.id}`,
    group: `new-${record.group}`,
    model: 'third',
    task: 'riddles',
    features: { ...record.features, luck: i % 4, plan: i % 2 === 0 ? 'gold' : 'free' },
    labels: [{ value: i % 4 === 3 || (i % 4 === 2 && record.labels![0].value === 1) ? 1 : 0, source: 'human' }],
  }));
}

function written(name: string, records: AnswerRecord[]): string {
  return put(name, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
}

const adapt = (...flags: string[]) => command(register, 'adapt', ...flags, '--quiet');

beforeAll(async () => {
  const { files, manifest } = await trainOn(madeAnswers(150), light);
  await writeBundle(bundle, files, manifest);
});

describe('vouch adapt', () => {
  it('makes a bundle for the new task, from all labels, honestly without a decision', async () => {
    const labelled = newTask(40);
    const out = join(dir, 'few');
    const said = JSON.parse(await adapt(bundle, '--with', written('few.jsonl', labelled), '--out', out, '--json'));
    expect(said.adapted).toMatchObject({ answers: 80, groups: 40, fit: 80, certify: 0 });
    expect(said.measuredOn).toEqual({ how: 'cross-validated', answers: 80, groups: 40 });
    expect(said.differences.logLoss.high).toBeLessThan(0);
    expect(said.thresholds.every(({ threshold }: { threshold: number | null }) => threshold === null)).toBe(true);

    const { digest, manifest: old } = await readBundle(bundle);
    const { manifest } = await readBundle(out);
    expect(manifest.adapted).toMatchObject({ from: digest, answers: 80 });
    expect(manifest.data.tasks).toEqual(['riddles']);
    expect(manifest.data.models).toEqual(['third']);
    expect(manifest.signals.numeric.slice(0, old.signals.numeric.length)).toEqual(old.signals.numeric);
    const plans = manifest.signals.categorical.find(({ name }) => name === 'features.plan');
    expect(plans?.vocabulary.slice().sort()).toEqual(['free', 'gold', 'pro']);
    expect(manifest.signals.numeric.some((name) => name.startsWith('features.luck'))).toBe(true);

    const before = await openScorer(bundle);
    const after = await openScorer(out);
    const fresh = newTask(60, 9);
    const loss = async (scorer: typeof before) =>
      (await scorer.scoreMany(fresh)).reduce((sum, { probability }, i) => {
        const y = fresh[i].labels![0].value;
        return sum - Math.log(y === 1 ? probability : 1 - probability) / fresh.length;
      }, 0);
    expect(await loss(after)).toBeLessThan((await loss(before)) - 0.2);
    const [first] = await after.scoreMany(fresh);
    expect([first.decision, first.why]).toEqual([null, 'uncertified pattern']);
    expect((await after.score({ ...fresh[0], task: 'sums' })).why).toBe('unseen task');
    const shifted = (await after.scoreMany(fresh)).filter(({ shift }) => shift > 1).length;
    expect(shifted / fresh.length).toBeLessThan(0.25);
    const one = await after.score(fresh[3]);
    expect(one.probability).toBeCloseTo((await after.scoreMany(fresh))[3].probability, 5);

    const golden = JSON.parse(await readFile(join(out, 'golden.json'), 'utf8')) as GoldenRow[];
    const again = await after.scoreMany(golden.map(({ record }) => record));
    again.forEach(({ probability }, i) => {
      expect(probability).toBe(golden[i].probability);
    });
    await Promise.all([before.close(), after.close()]);
  });

  it('refuses to write over its source or into it, by any path, and leaves it as it is', async () => {
    const file = written('again.jsonl', newTask(40));
    const { digest } = await readBundle(bundle);
    const link = join(dir, 'link');
    await symlink(bundle, link);
    const same = [bundle, relative(process.cwd(), bundle), `${bundle}/`, join(dir, 'x', '..', 'trained'), link];
    for (const out of [...same, join(bundle, 'new'), join(link, 'new')]) {
      for (const source of [bundle, link]) {
        const refused = await errorOf(adapt(source, '--with', file, '--out', out));
        expect(refused).toMatchObject({ code: 'BAD_USAGE', field: '--out' });
      }
    }
    expect((await readBundle(bundle)).digest).toBe(digest);
  });

  it('writes a card with owner, version, period and hashes; of the source it keeps owner and contact alone', async () => {
    const owned = join(dir, 'owned');
    const about = { owner: 'Team A', contact: 'a@example.com', intendedUse: 'facts', bundleVersion: '1' };
    const { files, manifest } = await trainOn(madeAnswers(60), { ...light, ...about });
    await writeBundle(owned, files, manifest);
    const timed = newTask(40).map((record, i) => ({ ...record, time: `2026-02-0${1 + (i % 9)}T12:00:00Z` }));
    const file = written('timed.jsonl', timed);
    const out = join(dir, 'owned-new');
    await adapt(owned, '--with', file, '--out', out, '--bundle-version', '2');
    const card = await readFile(join(out, 'card.md'), 'utf8');
    const stated =
      '- Owner: Team A\n- Contact: a@example.com\n- Intended use: not stated (--intended-use)\n- Version: 2\n';
    expect(card).toContain(stated);
    const page = await readFile(join(out, 'card.html'), 'utf8');
    expect(page).toContain('<dt>Contact</dt><dd>a@example.com</dd>');
    expect(page).toContain(`<code>${(await readBundle(owned)).digest}</code>`);
    expect(page).toContain('The predictor, adapted to 71 answers');
    expect(card).toContain(`- Bundle card.html: ${sha256(page)}\n`);
    expect(card).toContain('- Period: 2026-02-01T12:00:00.000Z to 2026-02-09T12:00:00.000Z\n');
    expect(card).toContain('- Labels by source: human 80\n');
    expect(card).toContain(`- Data timed.jsonl: ${sha256(await readFile(file))}, `);
    expect(card).toContain(`- Bundle model.onnx: ${sha256(await readFile(join(out, 'model.onnx')))}\n`);
    expect(card).toContain('- Approved by:\n- Date:\n');
  });

  it('certifies anew on questions kept apart where these could bear it', async () => {
    const out = join(dir, 'many');
    const file = written('many.jsonl', newTask(400));
    const goal = ['--json', '--target-error', '0.2', '--confidence', '0.9'];
    const refused = JSON.parse(await adapt(bundle, '--with', file, '--out', out, ...goal));
    for (const { threshold, advice } of refused.thresholds) {
      expect(threshold).toBeNull();
      expect(advice).toContain('--allow-leak features.luck'); // the labels are made of it
    }
    const said = JSON.parse(
      await adapt(bundle, '--with', file, '--out', out, ...goal, '--allow-leak', 'features.luck'),
    );
    const { fit, certify } = said.adapted;
    expect(fit + certify).toBe(800);
    expect(certify).toBeGreaterThan(200);
    expect(said.measuredOn).toMatchObject({ how: 'held', answers: certify });
    const reference = JSON.parse(await readFile(join(out, 'reference.json'), 'utf8'));
    expect(reference).toMatchObject({ questions: 400, scored: said.measuredOn.groups });
    const claimed = said.thresholds.filter(({ threshold }: { threshold: number | null }) => threshold !== null);
    expect(claimed.length).toBeGreaterThan(0);
    for (const { alpha, error, n } of claimed) {
      expect(alpha).toBe(0.2);
      expect(error).toBeLessThan(0.2);
      expect(n).toBeLessThanOrEqual(certify);
    }
    const scorer = await openScorer(out);
    const decided = (await scorer.scoreMany(newTask(200, 11))).filter(({ decision }) => decision === 'accept');
    expect(decided.length).toBeGreaterThan(20);
    await scorer.close();
    const page = await readFile(join(out, 'report.html'), 'utf8');
    expect(page).toContain('Adapted to riddles, third');
    expect(page).toContain('at most 20% errors among the accepted answers, at 90% confidence');
    expect(await readFile(join(out, 'card.md'), 'utf8')).toContain('that were not used to adapt');
  });

  it('leaves a predictor as trained where too few answers go to it', async () => {
    const bare = newTask(60).map(({ tokens, stated: _, ...record }, i) => (i < 10 ? { ...record, tokens } : record));
    const out = join(dir, 'bare');
    const said = JSON.parse(await adapt(bundle, '--with', written('bare.jsonl', bare), '--out', out, '--json'));
    expect(said.adapted.left).toEqual(['all others']);
    expect(said.adapted.predictors.map(({ pattern }: { pattern: string }) => pattern)).toEqual(['free']);
    const [before, after] = await Promise.all([openScorer(bundle), openScorer(out)]);
    const records = madeAnswers(30, 3);
    const [old, now] = await Promise.all([before.scoreMany(records), after.scoreMany(records)]);
    records.forEach(({ tokens }, i) => {
      if (tokens !== undefined) expect(now[i].probability).toBeCloseTo(old[i].probability, 5);
      else expect(Math.abs(now[i].probability - old[i].probability)).toBeGreaterThan(1e-4);
    });
    await Promise.all([before.close(), after.close()]);
  });

  it('can be adapted again, and prints what it did for people', async () => {
    const few = written('again.jsonl', newTask(40));
    await adapt(bundle, '--with', few, '--out', join(dir, 'once'));
    const text = await adapt(join(dir, 'once'), '--with', few, '--out', join(dir, 'twice'));
    expect(text).toMatch(/Log-loss +\d\.\d+ +\d\.\d+/);
    expect(text).toContain('Measured by cross-validation on the 80 answers to 40 questions');
    expect(text).toContain('no decision is given');
  });

  it.each([
    ['VOUCH_NO_LABELS', (records: AnswerRecord[]) => records.map(({ labels: _, ...rest }) => rest)],
    [
      'VOUCH_ONE_CLASS',
      (records: AnswerRecord[]) => records.map((r) => ({ ...r, labels: [{ value: 1, source: 'human' as const }] })),
    ],
    ['VOUCH_TOO_FEW_LABELS', (records: AnswerRecord[]) => records.slice(0, 20)],
  ])('refuses with %s', async (code, change) => {
    const file = written(`${code}.jsonl`, change(newTask(40)) as AnswerRecord[]);
    await expect(adapt(bundle, '--with', file, '--out', join(dir, code))).rejects.toThrow(code);
  });

  it('refuses a damaged bundle, and one whose graph it cannot read back', async () => {
    const few = written('few.jsonl', newTask(40));
    const { manifest, files } = await readBundle(bundle);
    const graph = Buffer.from(files.get('model.onnx')!).toString('latin1').replace('vouch.layout', 'other.layout');
    const odd = join(dir, 'odd');
    await writeBundle(odd, { 'model.onnx': Buffer.from(graph, 'latin1'), 'golden.json': '[]' }, manifest);
    await expect(adapt(odd, '--with', few, '--out', join(dir, 'none'))).rejects.toThrow(/VOUCH_BUNDLE_BAD/);
    await rm(join(odd, 'model.onnx'));
    await expect(adapt(odd, '--with', few, '--out', join(dir, 'none'))).rejects.toThrow(/VOUCH_BUNDLE_DAMAGED/);
  });
});
