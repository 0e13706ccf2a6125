import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { availableParallelism, freemem, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import type * as Arquero from 'arquero';
import type * as Onnxruntime from 'onnxruntime-node';
import { isOld, OLD_BUNDLE } from '../models/bundle/manifest.js';
import { Graph } from '../models/onnx/graph.js';
import { VouchError } from '../support/errors.js';
import { openPlugins } from '../support/plugins/open-plugins.js';
import { surveyBackends } from '../train/backend/survey.js';

/** The result of one check. If an `essential` check is not `ok`, vouch does not work on this machine. */
export interface Check {
  name: string;
  essential: boolean;
  ok: boolean;
  says: string;
  remedy?: string;
}

const NODE = 20;
const MEMORY = 1e9;
const DISK = 1e9;

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

/**
 * Checks everything that vouch needs, in the order in which it is printed. Nothing is written except a file in the
 * temporary folder.
 */
export async function checkUp(): Promise<Check[]> {
  return [
    node(),
    machine(),
    await disk(),
    await temporaryFolder(),
    await trying('arquero', 'the table of signals', arquero),
    await trying('onnxruntime', 'the scorer', onnxruntime),
    ...(await backends()),
  ];
}

/** Checks a bundle. A bundle that cannot be opened fails; one that makes no decisions (an old format) gets a note. */
export async function checkBundle(dir: string, plugins: readonly string[] = []): Promise<Check> {
  const check = { name: `bundle ${dir}`, essential: true };
  try {
    // Imported here, because onnxruntime itself may be broken.
    const { verifiedBundle } = await import('../scorer/verified-bundle.js');
    const { manifest } = await verifiedBundle(dir, {}, await openPlugins(plugins));
    const claims = manifest.thresholds.filter(({ threshold }) => threshold !== null).length;
    const says = `format ${manifest.formatVersion}, by vouch ${manifest.vouch}`;
    if (isOld(manifest))
      return { ...check, essential: false, ok: false, says: `${says}: no decisions`, remedy: OLD_BUNDLE };
    return { ...check, ok: true, says: `${says}, ${claims} certified thresholds` };
  } catch (error) {
    const needsPlugin = error instanceof VouchError && error.code === 'BUNDLE_PLUGIN';
    const remedy = needsPlugin ? 'Give the plug-in with --plugin.' : 'Train again.';
    return { ...check, ok: false, says: messageOf(error), remedy };
  }
}

function node(): Check {
  const ok = Number(process.versions.node.split('.')[0]) >= NODE;
  return { name: 'node', essential: true, ok, says: process.version, remedy: `Install Node ${NODE} or newer.` };
}

function machine(): Check {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const memoryText = `${gigabytes(memory)} memory (${gigabytes(freemem())} free)`;
  const says = `${availableParallelism()} cores, ${memoryText}, ${process.platform} ${process.arch}`;
  return {
    name: 'machine',
    essential: false,
    ok: memory >= MEMORY,
    says,
    remedy: `vouch needs ${gigabytes(MEMORY)} of memory or more.`,
  };
}

async function disk(): Promise<Check> {
  const { bavail, bsize } = await statfs('.');
  const free = bavail * bsize;
  return {
    name: 'disk',
    essential: false,
    ok: free >= DISK,
    says: `${gigabytes(free)} free in the working folder`,
    remedy: 'Free some disk space.',
  };
}

async function temporaryFolder(): Promise<Check> {
  const check = { name: 'temporary folder', essential: true, remedy: 'Set TMPDIR to a folder that can be written.' };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'vouch-doctor-'));
    await writeFile(join(folder, 'x'), 'x');
    await rm(folder, { recursive: true });
    return { ...check, ok: true, says: tmpdir() };
  } catch (error) {
    return { ...check, ok: false, says: messageOf(error) };
  }
}

/** Checks one package. It is imported by a name in a variable, so a missing package fails only its own check. */
async function trying(name: string, use: string, run: () => Promise<string>): Promise<Check> {
  const check = { name, essential: true, remedy: 'Reinstall vouch (npm ci, or npm install vouch).' };
  try {
    return { ...check, ok: true, says: `${await run()}: ${use}` };
  } catch (error) {
    return { ...check, ok: false, says: `${use} does not work: ${messageOf(error)}` };
  }
}

async function arquero(): Promise<string> {
  const specifier: string = 'arquero';
  const { table } = (await import(specifier)) as typeof Arquero;
  const total = table({ x: [1, 2, 3] })
    .rollup({ total: 'sum(d.x)' })
    .get('total', 0);
  if (total !== 6) throw new Error(`it sums 1, 2, 3 to ${total}`);
  return 'computes';
}

async function onnxruntime(): Promise<string> {
  const specifier: string = 'onnxruntime-node';
  const { InferenceSession, Tensor, env } = (await import(specifier)) as typeof Onnxruntime;
  const graph = new Graph('doctor');
  graph.output('y', graph.op('Mul', [graph.input('x', 'float32', ['n']), graph.scalar(2)]), 'float32', ['n']);
  const session = await InferenceSession.create(graph.encode());
  const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(1, 2), [2]) });
  await session.release();
  if (Array.from(y.data as Float32Array).join() !== '2,4') throw new Error(`it doubles 1, 2 to ${y.data}`);
  return `${env.versions.node ?? env.versions.common}, runs a graph`;
}

/** Every install can train on wasm, so that backend must work. The other backends are optional. */
async function backends(): Promise<Check[]> {
  const surveyed = await surveyBackends();
  return surveyed.map(({ name, works, says, remedy }) => ({
    name: `backend ${name}`,
    essential: name === 'wasm',
    ok: works,
    says,
    remedy,
  }));
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0];
}
