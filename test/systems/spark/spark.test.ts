import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBundle } from '../../../models/bundle/read.js';
import { exportedOf } from '../../../models/export/export-bundle.js';
import { rawGraphFiles } from '../../../models/export/graphs.js';
import { writeExport } from '../../../models/export/write-export.js';
import { python } from '../../support/python.js';
import { shippedAnswers, writeShippedBundle } from '../../support/shipped-bundle.js';
import { type Cluster, startCluster } from './cluster.js';

const root = resolve(import.meta.dirname, '../../..');
const examples = join(root, 'examples/spark');
const vouch = join(root, 'dist/scripts/vouch.js');
const dir = mkdtempSync(join(tmpdir(), 'vouch-spark-'));
const answers = join(dir, 'answers.jsonl');
const COPIES = 4;
let cluster: Cluster;
let bin: string;

beforeAll(async () => {
  bin = python('spark', ['pyspark==4.3.0', 'pandas==2.3.3', 'numpy==2.3.5', 'pyarrow==22.0.0', 'onnxruntime==1.32.0']);
  await writeShippedBundle(join(dir, 'all'), 'all');
  await writeShippedBundle(join(dir, 'numbers'), 'numbers');
  const records = shippedAnswers();
  const lines = Array.from({ length: COPIES }, (_, copy) =>
    records.map((record) => JSON.stringify({ ...record, id: `${record.id}#${copy}` })),
  ).flat();
  writeFileSync(answers, `${lines.join('\n')}\n`);
  cluster = await startCluster(bin, dir);
});
afterAll(() => {
  cluster?.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** What `vouch score` says of every answer. */
function expected(bundle: string): Map<string, number> {
  const out = join(dir, `${bundle}.jsonl`);
  execFileSync('node', [vouch, 'score', answers, '--model', join(dir, bundle), '--out', out, '--quiet']);
  return new Map(linesOf(out).map(({ id, probability }) => [id, probability]));
}

function linesOf(file: string): { id: string; probability: number }[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** Every id once, and the greatest difference in probability. */
function compare(got: { id: string; probability: number }[], want: Map<string, number>) {
  const ids = new Set(got.map(({ id }) => id));
  const off = Math.max(...got.map(({ id, probability }) => Math.abs(probability - want.get(id)!)));
  return { rows: got.length, ids: ids.size, off };
}

describe('a standalone master with two workers, one killed mid-job', () => {
  it('mapInArrow with the raw-signal graph gives every id once, as vouch score does', async () => {
    const exported = exportedOf(await readBundle(join(dir, 'numbers')), { name: 'a', version: 1, storageUri: '' });
    await writeExport(join(dir, 'raw'), rawGraphFiles(exported), {});
    const out = join(dir, 'scores.parquet');
    const conf = { 'spark.sql.files.maxPartitionBytes': '2m', 'spark.sql.files.openCostInBytes': '0' };
    const script = [join(examples, 'map_in_arrow.py'), join(dir, 'raw'), answers, out];
    const outcome = await cluster.run(script, conf, 3);
    expect(outcome).toMatchObject({ code: 0, alive: 1 });
    expect(outcome.lost).toBeGreaterThan(0);
    const read = `import sys, pyarrow.parquet as pq; print(pq.read_table(sys.argv[1]).to_pandas().to_json(orient="records", lines=True, double_precision=15))`;
    const text = execFileSync(bin, ['-c', read, out], { encoding: 'utf8', maxBuffer: 1 << 28 });
    writeFileSync(join(dir, 'scores.jsonl'), text);
    const want = expected('numbers');
    const { rows, ids, off } = compare(linesOf(join(dir, 'scores.jsonl')), want);
    expect([rows, ids]).toEqual([want.size, want.size]);
    console.log(JSON.stringify({ job: 'mapInArrow', rows, ids, off, ...outcome }));
    expect(off).toBeLessThan(1e-5);
  });

  it('pipe with the full scorer gives every id once, as vouch score does', async () => {
    const out = join(dir, 'scores');
    const script = [join(examples, 'pipe.py'), join(dir, 'all'), answers, out, `node ${vouch}`];
    const outcome = await cluster.run(script, {}, 2);
    expect(outcome).toMatchObject({ code: 0, alive: 1 });
    expect(outcome.lost).toBeGreaterThan(0);
    const parts = readdirSync(out).filter((name) => name.startsWith('part-'));
    const want = expected('all');
    const { rows, ids, off } = compare(
      parts.flatMap((name) => linesOf(join(out, name))),
      want,
    );
    expect([rows, ids]).toEqual([COPIES * shippedAnswers().length, want.size]);
    console.log(JSON.stringify({ job: 'pipe', rows, ids, off, ...outcome }));
    expect(off).toBeLessThan(1e-5);
  });

  it('a scorer that crashes fails the job', async () => {
    const script = [join(examples, 'pipe.py'), join(dir, 'no-bundle'), answers, join(dir, 'none'), `node ${vouch}`];
    const { code } = await cluster.run(script, {}, Number.POSITIVE_INFINITY);
    expect(code).toBe(1);
  });
});
