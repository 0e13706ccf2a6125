/**
 * The Dockerfile, built by buildah over a stand-in for the base image and run in a chroot as the user it names: it serves, its
 * health check passes, it cannot write to its own files, and its bill of materials lists what is in it. Needs root and Debian's
 * buildah and mmdebstrap (.ci/run installs them); without these it is skipped and says so.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const root = resolve(import.meta.dirname, '../../..');
const has = (tool: string) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0;
const able = process.getuid?.() === 0 && has('buildah') && has('mmdebstrap');
const PORT = 18_431;

describe.skipIf(!able)('the image', () => {
  const work = mkdtempSync(join(tmpdir(), 'vouch-image-'));
  const store = ['--storage-driver', 'vfs', '--root', join(work, 'store'), '--runroot', join(work, 'run')];
  const buildah = (...args: string[]) => execFileSync('buildah', [...store, ...args], { encoding: 'utf8', cwd: root });
  const run = ['run', '--isolation', 'chroot', '--user', '10001:10001'];
  let container = '';
  let server: ChildProcess | undefined;

  beforeAll(async () => {
    chmodSync(work, 0o755);
    execFileSync(join(import.meta.dirname, 'node-base.sh'), [work, ...store], { stdio: 'pipe' });
    const base = ['--build-arg', 'BASE=localhost/node-base'];
    buildah(
      'build',
      '--format',
      'docker',
      '--isolation',
      'chroot',
      '--network',
      'host',
      '--layers=false',
      ...base,
      '-t',
      'localhost/vouch',
      '.',
    );
    container = buildah('from', 'localhost/vouch').trim();
    await writeTinyBundle(join(work, 'bundle'));
  });
  afterAll(() => {
    if (server?.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
    spawnSync('buildah', [...store, 'rm', '--all']);
    rmSync(work, { recursive: true, force: true, maxRetries: 10, retryDelay: 500 });
  });

  const inside = (...command: string[]) =>
    spawnSync('buildah', [...store, ...run, container, '--', ...command], { encoding: 'utf8' });

  it('runs the command line as a user without rights, who cannot change what it runs', () => {
    expect(inside('id', '-u').stdout.trim()).toBe('10001');
    expect(inside('node', '/app/dist/scripts/vouch.js', '--version').stdout).toMatch(/^\d+\.\d+\.\d+/);
    expect(inside('vouch', '--version').stdout).toMatch(/^\d+\.\d+\.\d+/); // as the examples call it
    const written = inside('sh', '-c', 'touch /app/dist/x || touch /app/x || touch /etc/x');
    expect(written.status).not.toBe(0);
  });

  it('serves the bundle at /bundle, ready by its own health check, and scores', async () => {
    const { config } = JSON.parse(buildah('inspect', '--type', 'image', 'localhost/vouch')).Docker as {
      config: { User: string; Entrypoint: string[]; Cmd: string[]; Healthcheck: { Test: string[] } };
    };
    expect(config.User).toBe('10001:10001');
    const onOurPort = (words: string[]) => words.map((word) => word.replace('8080', `${PORT}`));
    const serve = [...config.Entrypoint, ...onOurPort(config.Cmd)];
    const check = onOurPort(config.Healthcheck.Test.slice(1)); // [0] is the kind of test
    expect(inside(...check).status).toBe(1);
    const mounted = ['-v', `${join(work, 'bundle')}:/bundle:ro`];
    server = spawn('buildah', [...store, ...run, ...mounted, container, '--', ...serve], {
      stdio: 'ignore',
      detached: true,
    });
    let ready = false;
    for (let tries = 0; tries < 60 && !ready; tries++) {
      await new Promise((done) => setTimeout(done, 500));
      ready = inside(...check).status === 0;
    }
    expect(ready).toBe(true);
    const answer = await fetch(`http://127.0.0.1:${PORT}/v1/score`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'a', prompt: 'What is the capital of Australia?', answer: 'Canberra' }),
    });
    const { id, probability } = (await answer.json()) as { id: string; probability: number };
    expect(id).toBe('a');
    expect(probability).toBeGreaterThan(0);
    expect(probability).toBeLessThan(1);
  });

  it('carries a bill of materials that lists what it installs, and nothing that only builds or tests', () => {
    const bill = JSON.parse(inside('cat', '/app/sbom.cdx.json').stdout) as {
      bomFormat: string;
      components: { name: string; version: string }[];
    };
    expect(bill.bomFormat).toBe('CycloneDX');
    const listed = new Set(bill.components.map(({ name, version }) => `${name}@${version}`));
    const names = new Set(bill.components.map(({ name }) => name));
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      devDependencies: Record<string, string>;
    };
    for (const [name, version] of Object.entries(dependencies)) expect(listed).toContain(`${name}@${version}`);
    const installed = inside('ls', '/app/node_modules').stdout.split('\n');
    for (const name of ['vitest', 'typescript', 'tsx']) {
      expect(devDependencies).toHaveProperty(name);
      expect(installed).not.toContain(name);
      expect(names).not.toContain(name);
    }
  });
});
