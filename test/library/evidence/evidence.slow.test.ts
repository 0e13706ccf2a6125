import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { type EvidenceOptions, evidence } from '../../../index.js';
import { readBundle } from '../../../models/bundle/read.js';
import { signBundle } from '../../../models/bundle/sign.js';
import { readSigningKey, readTrustedKeys } from '../../../models/bundle/signature.js';
import { writeBundle } from '../../../models/bundle/write.js';
import { register } from '../../../scripts/commands/evidence.js';
import { checkFeedback } from '../../../store/feedback/check.js';
import { openStore } from '../../../store/ready.js';
import { write } from '../../../store/write/write.js';
import { sha256 } from '../../../support/digest.js';
import { errorOf, temporary } from '../../data/temporary.js';
import { scored, T0 } from '../../store/scored.js';
import { madeAnswers } from '../../support/answers.js';
import { command } from '../../support/run-command.js';
import { light, trainOn } from '../../support/trained.js';

const { folder, put } = temporary();
const model = join(folder, 'now');
const previous = join(folder, 'old');
const store = join(folder, 'answers.db');
let digest: string;

/** A result of the monitor as `--out` writes it, as far as evidence reads it. */
function watched(run: number, until: string, more: object = {}): string {
  return put(
    `run ${run}.json`,
    JSON.stringify({
      ...{ bundle: digest, run, since: '2026-01-01T00:00:00Z', until, answers: { new: 100 * run, accepted: 60 } },
      promises: [{ claim: 'free@0.4', state: 'holds', labels: 50, error: { value: 0.1, low: 0.05, high: 0.2 } }],
      drift: [{ signal: 'tokens.count@1', alarm: false }],
      unseen: { unseenModels: {}, unseenTasks: {} },
      alerts: [],
      ...more,
    }),
  );
}

const evaluationFile = (bundle: string, verdict = 'kept') =>
  put(
    'evaluation.json',
    JSON.stringify({
      ...{ bundle, answers: 200, groups: 100 },
      promises: [{ claim: 'free@0.4', verdict, alpha: 0.4, error: { value: 0.21 } }],
    }),
  );

const full = (out: string): EvidenceOptions => ({
  ...{ model, previous, store, out: join(folder, out), asOf: '2026-03-01' },
  monitor: [watched(2, '2026-02-02T00:00:00Z'), watched(1, '2026-02-01T00:00:00Z')],
  evaluation: [evaluationFile(digest.slice(0, 12))],
});

/** What `sha256sum -c` says: null if all files have their hash. */
function sumsFault(dir: string): string | null {
  try {
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: dir, stdio: 'pipe' });
    return null;
  } catch (error) {
    return String((error as { stdout: Buffer }).stdout);
  }
}

const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(dir.length + 1))
    .sort();

const contents = (dir: string): Record<string, string> =>
  Object.fromEntries(filesIn(dir).map((name) => [name, sha256(readFileSync(join(dir, name)))]));

beforeAll(async () => {
  const certified = { ...light, targetError: 0.4, confidence: 0.9 };
  const now = await trainOn(madeAnswers(160), { ...certified, owner: 'Team A', bundleVersion: '2.0' });
  await writeBundle(model, now.files, now.manifest);
  const old = await trainOn(madeAnswers(120, 7), { ...certified, bundleVersion: '1.0' });
  await writeBundle(previous, old.files, old.manifest);
  ({ digest } = await readBundle(model));
  const opened = await openStore(store);
  const rows = Array.from({ length: 250 }, (_, i) =>
    scored(`a${i}`, { bundle: i < 230 ? digest : 'e'.repeat(64), decision: i % 2 === 0 ? 'accept' : 'abstain' }),
  );
  await write(opened, rows, []);
  const said = [
    ...Array.from({ length: 8 }, (_, i) => ({ id: `a${i}`, thumb: i < 6 ? 'up' : 'down' })),
    ...[
      { id: 'a240', thumb: 'up' },
      { id: 'nobody', thumb: 'up' },
    ],
  ];
  await write(opened, [], [{ tenant: '', received: T0 + 1000, feedback: said.flatMap((each) => checkFeedback(each)) }]);
  await opened.close();
});

describe('card.html of a bundle', () => {
  it('is written by training, and listed with its hash like every other file', async () => {
    const { manifest, files } = await readBundle(model);
    const page = Buffer.from(files.get('card.html')!).toString('utf8');
    expect(manifest.files['card.html']).toBe(sha256(page));
    expect(page).toContain('Team A');
    expect(Buffer.from(files.get('card.md')!).toString('utf8')).toContain(`card.html: ${sha256(page)}`);
  });

  it('cannot be changed without the bundle being refused', async () => {
    const changed = join(folder, 'changed');
    cpSync(model, changed, { recursive: true });
    const file = join(changed, 'card.html');
    writeFileSync(file, readFileSync(file, 'utf8').replace('Team A', 'Team B'));
    expect(await errorOf(readBundle(changed))).toMatchObject({ code: 'BUNDLE_DAMAGED' });
    expect(await errorOf(evidence({ ...full('of-changed'), model: changed }))).toMatchObject({
      code: 'BUNDLE_DAMAGED',
    });
    expect(existsSync(join(folder, 'of-changed'))).toBe(false);
  });
});

describe('a folder of evidence', () => {
  it('has everything that was given, and hashes that sha256sum accepts', async () => {
    const options = full('whole');
    const result = await evidence(options);
    expect(filesIn(options.out)).toEqual(
      [
        ...['SHA256SUMS', 'card.html', 'evidence.json', 'index.html', 'mapping.json'],
        ...['bundle/card.html', 'bundle/card.md', 'bundle/golden.json', 'bundle/manifest.json'],
        ...['bundle/report.html', 'bundle/report.json', 'evaluations/1-evaluation.json'],
        ...['monitor/1-run-1.json', 'monitor/2-run-2.json', 'previous/changes.json', 'previous/manifest.json'],
        ...['store/audit.json', 'store/decisions.jsonl', 'store/feedback.json'],
      ].sort(),
    );
    expect(sumsFault(options.out)).toBeNull();
    expect(result).toMatchObject({ asOf: '2026-03-01', bundle: digest, files: 19, broken: 0 });
    expect(result.sums).toBe(sha256(readFileSync(join(options.out, 'SHA256SUMS'))));
    const { files: hashes } = (await readBundle(model)).manifest;
    for (const name of ['card.html', 'card.md', 'report.html', 'report.json', 'golden.json'])
      expect(sha256(readFileSync(join(options.out, 'bundle', name)))).toBe(hashes[name]);
    expect(sha256(readFileSync(join(options.out, 'bundle/manifest.json')))).toBe(digest);
  });

  it('counts the feedback on answers of this bundle alone, and draws ids of its decisions alone', async () => {
    const { out } = full('whole');
    const feedback = JSON.parse(readFileSync(join(out, 'store/feedback.json'), 'utf8'));
    expect(feedback).toMatchObject({ answers: 230, accepted: 115, unknown: 1 });
    expect(feedback.kinds).toEqual([{ kind: 'thumb', entries: 8, labelled: 8, right: 0.75, contradicting: 0 }]);
    const lines = readFileSync(join(out, 'store/decisions.jsonl'), 'utf8').trimEnd().split('\n');
    const drawn = lines.map((line) => JSON.parse(line) as { row: number; id: string });
    expect(drawn).toHaveLength(100);
    expect(new Set(drawn.map(({ row }) => row)).size).toBe(100);
    for (const each of drawn) {
      expect(Object.keys(each)).toEqual(['row', 'id']);
      expect(each.id).toBe(`a${each.row - 1}`);
      expect(each.row).toBeLessThanOrEqual(230);
    }
    expect(Math.max(...drawn.map(({ row }) => row))).toBeGreaterThan(150);
  });

  it('shows drift, feedback and changes in its card, and links what it has', async () => {
    const { out } = full('whole');
    const card = readFileSync(join(out, 'card.html'), 'utf8');
    expect(card).toContain('until 2026-02-01');
    expect(card.indexOf('until 2026-02-01')).toBeLessThan(card.indexOf('until 2026-02-02'));
    expect(card).toContain('230 answers that this bundle scored');
    expect(card).toContain('<code>bundleVersion</code></th><td class="text"><code>1.0</code></td>');
    expect(card).not.toContain('Not in this card');
    const changes = JSON.parse(readFileSync(join(out, 'previous/changes.json'), 'utf8'));
    expect(changes.answers).toEqual({ before: 240, after: 320 });
    const index = readFileSync(join(out, 'index.html'), 'utf8');
    for (const [, link] of index.matchAll(/href="([^"#]+)/g)) expect(existsSync(join(out, link)), link).toBe(true);
    expect(index).toContain('no row was changed: 260 rows computed again');
    expect(index).toContain('32 rows of golden.json computed again');
    expect(index).not.toContain('not in this folder; keep a store');
    expect(index).toContain('signatures: not in this folder; sign the bundle');
  });

  it('has the same bytes for the same inputs and date, in another place, and replaces an older one', async () => {
    const { out: first } = full('whole');
    const second = full('again');
    await evidence(second);
    expect(contents(second.out)).toEqual(contents(first));
    await evidence({ ...second, asOf: '2026-03-02' });
    expect(contents(second.out)['index.html']).not.toBe(contents(first)['index.html']);
    expect(sumsFault(second.out)).toBeNull();
  });

  it('shows a change of any of its files', async () => {
    const out = join(folder, 'tampered');
    await evidence({ model, out, asOf: '2026-03-01' });
    for (const name of filesIn(out).filter((each) => each !== 'SHA256SUMS')) {
      const file = join(out, name);
      const kept = readFileSync(file);
      writeFileSync(file, Buffer.concat([kept, Buffer.from(' ')]));
      expect(sumsFault(out), name).toContain(`${name}: FAILED`);
      writeFileSync(file, kept);
    }
    expect(sumsFault(out)).toBeNull();
  });

  it('needs only a bundle, and says what to run for the rest', async () => {
    const out = join(folder, 'least');
    const { attention, broken } = await evidence({ model, out, asOf: '2026-03-01' });
    expect(broken).toBeNull();
    expect(attention.join(' ')).toContain('Signature: not signed');
    const index = readFileSync(join(out, 'index.html'), 'utf8');
    expect(index).toContain('not in this folder; run vouch monitor <code>--out</code> FILE');
    expect(readFileSync(join(out, 'card.html'), 'utf8')).toContain('Not in this card');
  });

  it('draws the card of an older bundle that has none', async () => {
    const older = join(folder, 'older');
    const { files, manifest } = await readBundle(model);
    const { files: _, sizes: __, ...rest } = manifest;
    const without = Object.fromEntries([...files].filter(([name]) => name !== 'card.html'));
    await writeBundle(older, without, rest);
    const out = join(folder, 'of-older');
    const { attention } = await evidence({ model: older, out, asOf: '2026-03-01' });
    expect(attention.join(' ')).toContain('no card.html of its own');
    expect(existsSync(join(out, 'bundle/card.html'))).toBe(false);
    expect(readFileSync(join(out, 'card.html'), 'utf8')).toContain('Team A');
    expect(sumsFault(out)).toBeNull();
  });

  it('says who signed, and verifies it with a trusted key', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const secret = put('k.key', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    const open = put('k.pub', publicKey.export({ type: 'spki', format: 'pem' }) as string);
    const signed = join(folder, 'signed');
    cpSync(model, signed, { recursive: true });
    const key = await readSigningKey(secret);
    await signBundle(await readBundle(signed), key);
    const out = join(folder, 'of-signed');
    const first = await evidence({ model: signed, out, asOf: '2026-03-01' });
    expect(first.attention.join(' ')).toContain(`the file states signatures by ${key.name}; not verified`);
    const second = await evidence({ model: signed, out, asOf: '2026-03-01', trusted: await readTrustedKeys(open) });
    expect(second.attention.join(' ')).not.toContain('ignature');
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain(`signed by the trusted key ${key.name}, verified`);
    expect(existsSync(join(out, 'bundle/manifest.sig'))).toBe(true);
  });

  it('says where the log is broken, and the command exits with 1', async () => {
    const broken = join(folder, 'broken.db');
    cpSync(store, broken);
    const opened = await openStore(broken);
    await sql`update vouch_scored set probability = 0.99 where seq = 17`.execute(opened.db);
    await opened.close();
    const out = join(folder, 'of-broken');
    const said = await command(
      ...([register, 'evidence', '--model', model, '--out', out, '--store', broken] as const),
      ...['--as-of', '2026-03-01', '--json', '--quiet'],
    );
    expect(process.exitCode).toBe(1);
    process.exitCode = undefined;
    const { broken: places, attention } = JSON.parse(said);
    expect(places).toBe(1);
    expect(attention[0]).toBe('The log is broken at 1 place; the first is row 17.');
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain('THE CHAIN IS BROKEN');
  });

  it('names alarms, broken promises, and inputs that are later than its date', async () => {
    const alarms = { alerts: [{ text: 'answers differ from training' }] };
    const promises = [{ claim: 'free@0.4', state: 'broken', labels: 50, error: null }];
    const { attention } = await evidence({
      ...{ model, out: join(folder, 'alarms'), asOf: '2026-02-01' },
      monitor: [watched(1, '2026-01-03T00:00:00Z'), watched(2, '2026-02-03T00:00:00Z', { ...alarms, promises })],
      evaluation: [evaluationFile(digest, 'broken')],
    });
    expect(attention).toContain('The monitor says that the promise free@0.4 is broken (run 2).');
    expect(attention).toContain('An alarm of the monitor is on: answers differ from training');
    expect(attention).toContain('The promise free@0.4 is broken in evaluations/1-evaluation.json.');
    expect(attention).toContain(
      'monitor/2-run-2.json is of 2026-02-03, later than the date of this folder (2026-02-01).',
    );
  });

  it('refuses results of another bundle, other files, dates that are none, and folders that are not its own', async () => {
    const least = { model, out: join(folder, 'refused'), asOf: '2026-03-01' };
    const other = put(
      'other.json',
      JSON.stringify({ ...JSON.parse(readFileSync(watched(3, 'x'), 'utf8')), bundle: 'f'.repeat(64) }),
    );
    expect(await errorOf(evidence({ ...least, monitor: [other] }))).toMatchObject({
      code: 'RESULT_BAD',
      file: other,
      field: 'bundle',
      expected: digest,
    });
    expect(await errorOf(evidence({ ...least, evaluation: [put('no.json', '{"bundle": "12345678"}')] }))).toMatchObject(
      {
        code: 'RESULT_BAD',
        field: 'answers',
      },
    );
    expect(await errorOf(evidence({ ...least, monitor: [join(folder, 'none.json')] }))).toMatchObject({
      code: 'FILE_MISSING',
    });
    for (const asOf of ['2026-02-30', 'today', '2026-3-1'])
      expect(await errorOf(evidence({ ...least, asOf }))).toMatchObject({
        code: 'BAD_USAGE',
        field: 'asOf',
      });
    expect(await errorOf(evidence({ ...least, sample: 5 } as EvidenceOptions))).toMatchObject({ code: 'BAD_USAGE' });
    expect(existsSync(least.out)).toBe(false);
    mkdirSync(join(folder, 'mine'));
    writeFileSync(join(folder, 'mine/notes.txt'), 'mine');
    expect(await errorOf(evidence({ ...least, out: join(folder, 'mine') }))).toMatchObject({ code: 'OUT_EXISTS' });
    expect(readFileSync(join(folder, 'mine/notes.txt'), 'utf8')).toBe('mine');
    expect(await errorOf(evidence({ ...least, out: join(model, 'inside') }))).toMatchObject({ code: 'BAD_USAGE' });
    rmSync(join(folder, 'mine'), { recursive: true });
  });
});
