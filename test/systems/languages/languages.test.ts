import { execFileSync, spawn } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromium } from '../../support/chromium.js';
import { oipClients, python } from '../../support/python.js';
import { exportedBundles } from './exported.js';

const root = resolve(import.meta.dirname, '../../..');
const examples = join(root, 'examples/languages');
let dir: string;
let exports: string[];

beforeAll(async () => {
  ({ dir, exports } = await exportedBundles());
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function run(command: string, args: string[], cwd = dir, env: NodeJS.ProcessEnv = process.env): string {
  return execFileSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 600_000,
  });
}

/** Both levels of both exports. */
const graphs = () => exports.flatMap((each) => ['feature-graph', 'raw-graph'].map((level) => join(each, level)));

/** A program's own words: it exits with 1 where a probability is off by more than 1e-5. */
const said = /(?<!\d)32 golden rows, probability off by at most (\d\.\de[-+]?\d+)/;
const offIn = (text: string) => Number(said.exec(text)?.[1] ?? NaN);

describe('examples/languages, each against the golden rows at its level', () => {
  it('Python: onnxruntime', () => {
    const bin = python('export', pins);
    for (const graph of graphs())
      expect(offIn(run(bin, [join(examples, 'python/score.py'), graph]))).toBeLessThan(1e-5);
  });

  it('Java: com.microsoft.onnxruntime', () => {
    const project = join(dir, 'java');
    cpSync(join(examples, 'java'), project, { recursive: true });
    for (const graph of graphs()) {
      const text = run('mvn', ['-q', '-B', 'compile', 'exec:java', `-Dexec.args=${graph}`], project);
      expect(offIn(text)).toBeLessThan(1e-5);
    }
  });

  it('Go: onnxruntime_go with the shared library of the npm package', () => {
    const project = join(dir, 'go');
    cpSync(join(examples, 'go'), project, { recursive: true });
    run('go', ['build', '-o', 'score', '.'], project);
    for (const graph of graphs()) {
      expect(offIn(run(join(project, 'score'), [sharedLibrary(), graph]))).toBeLessThan(1e-5);
    }
  });

  it('Browser: onnxruntime-web in headless Chromium', async () => {
    const project = join(dir, 'browser');
    cpSync(join(examples, 'browser'), project, { recursive: true });
    run('npm', ['install', '--no-audit', '--no-fund', '--silent'], project);
    const browser = chromium();
    for (const graph of graphs()) {
      const server = spawn('node', ['serve.mjs', graph], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
      try {
        const address = await new Promise<string>((done) =>
          server.stdout.once('data', (text) => done(`${text}`.trim())),
        );
        const profile = join(dir, 'profile');
        const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${profile}`];
        const page = execFileSync(browser, [...flags, '--virtual-time-budget=60000', '--dump-dom', address], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
          timeout: 120_000,
        });
        const text = /<p id="result" data-ok="\w+">([^<]*)/.exec(page)?.[1] ?? page;
        expect(offIn(text), text).toBeLessThan(1e-5);
      } finally {
        server.kill();
      }
    }
  });
});

describe('servers and registries', () => {
  it('ONNX checker, Triton protobuf and MLflow take the export', () => {
    const bin = python('export', pins);
    for (const each of exports) {
      const text = run(bin, [join(import.meta.dirname, 'check_export.py'), each, join(dir, 'mlruns')]);
      const { onnx, triton, mlflow } = JSON.parse(text.trim().split('\n').at(-1)!);
      expect(Object.values(onnx)).toEqual([18, 18, 18, 18, 18, 18]);
      expect(Object.keys(triton)).toEqual(['answers_features', 'answers_raw']);
      for (const level of ['features', 'raw']) {
        expect(mlflow[level].rows).toBe(32);
        expect(mlflow[level].off).toBeLessThan(1e-5);
      }
    }
  });

  it('KServe takes the manifest', () => {
    const bin = oipClients();
    const text = run(bin, [
      join(import.meta.dirname, 'check_kserve.py'),
      join(exports[0], 'kserve/inference-service.yaml'),
    ]);
    expect(JSON.parse(text.trim().split('\n').at(-1)!)).toEqual({
      name: 'answers',
      format: 'triton',
      protocol: 'v2',
      storage: 'pvc://models/answers',
    });
  });
});

const pins = [
  'mlflow-skinny==3.17.2',
  'numpy==2.4.6',
  'onnx==1.23.2',
  'onnxruntime==1.32.0',
  'pandas==3.1.1',
  'tritonclient[grpc]==2.73.0',
];

/** The runtime's shared library, which the npm package carries. */
function sharedLibrary(): string {
  const bin = join(root, 'node_modules/onnxruntime-node/bin');
  const folder = join(bin, readdirSync(bin)[0], 'linux/x64');
  return join(folder, readdirSync(folder).find((name) => name.startsWith('libonnxruntime.so'))!);
}
