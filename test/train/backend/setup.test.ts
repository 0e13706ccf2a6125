import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillFolder, isFilled } from '../../../train/backend/setup/folder.js';
import { cpuParts, gpuParts } from '../../../train/backend/setup/parts.js';
import { setupTfjs } from '../../../train/backend/setup/setup.js';
import { runTool } from '../../../train/backend/setup/tool.js';
import { takeFromWheel } from '../../../train/backend/setup/wheel.js';

const fresh = () => mkdtempSync(join(tmpdir(), 'vouch-setup-'));
const small = { ...cpuParts, room: 1 };
const hasPython = spawnSync('python3', ['-m', 'pip', '--version']).status === 0;
const here = process.platform === 'linux' && process.arch === 'x64';

describe('runTool', () => {
  const as = { doing: 'looking for it', remedy: 'Install it.' };
  it('returns stdout', async () => {
    expect(await runTool(process.execPath, ['-e', 'console.log(6 * 7)'], as)).toBe('42\n');
  });
  it('says which program is missing and what to do', async () => {
    const run = runTool('no-such-program', [], as);
    await expect(run).rejects.toThrow(
      'looking for it: no-such-program is not installed. Install it. [VOUCH_BACKEND_UNAVAILABLE]',
    );
  });
  it('gives the telling line of a failure, not all of it', async () => {
    const script =
      'console.error("collecting\\nERROR: No matching distribution found for x\\nnotice"); process.exit(3)';
    const run = runTool(process.execPath, ['-e', script], as);
    await expect(run).rejects.toThrow(/failed \(3\): ERROR: No matching distribution found for x\. \[/);
  });
  it('knows a full disk', async () => {
    const script = 'console.error("OSError: [Errno 28] No space left on device"); process.exit(1)';
    await expect(runTool(process.execPath, ['-e', script], as)).rejects.toMatchObject({ code: 'DISK_FULL' });
  });
});

describe('fillFolder', () => {
  it('shows nothing until it is whole, then knows it again by its parts', async () => {
    const dir = join(fresh(), 'in', 'here');
    const built = await fillFolder(dir, small, async (aside) => {
      expect(readdirSync(join(dir, '..'))).toEqual([aside.split('/').at(-1)]);
      writeFileSync(join(aside, 'x'), '1');
      return 7;
    });
    expect(built).toBe(7);
    expect(readFileSync(join(dir, 'x'), 'utf8')).toBe('1');
    expect(await isFilled(dir, small)).toBe(true);
    expect(await isFilled(dir, gpuParts)).toBe(false);
  });

  it('leaves what was there, and nothing else, when building fails', async () => {
    const parent = fresh();
    const dir = join(parent, 'd');
    await fillFolder(dir, small, async (aside) => writeFileSync(join(aside, 'x'), 'old'));
    const run = fillFolder(dir, small, async (aside) => {
      writeFileSync(join(aside, 'x'), 'new');
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    });
    await expect(run).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(readdirSync(parent)).toEqual(['d']);
    expect(readFileSync(join(dir, 'x'), 'utf8')).toBe('old');
  });

  it('replaces what it filled before', async () => {
    const parent = fresh();
    const dir = join(parent, 'd');
    for (const text of ['old', 'new'])
      await fillFolder(dir, small, async (aside) => writeFileSync(join(aside, 'x'), text));
    expect(readdirSync(parent)).toEqual(['d']);
    expect(readFileSync(join(dir, 'x'), 'utf8')).toBe('new');
  });

  it('does not start without room', async () => {
    const run = fillFolder(join(fresh(), 'd'), { ...small, room: 1e18 }, async () => 0);
    await expect(run).rejects.toThrow(/too little room on this disk \(expected 1000000000\.0 GB free, got /);
  });

  it('refuses a folder that holds something else', async () => {
    const dir = fresh();
    writeFileSync(join(dir, 'thesis.tex'), '');
    await expect(isFilled(dir, small)).rejects.toMatchObject({ code: 'OUT_EXISTS' });
  });
});

describe.skipIf(!here || !hasPython)('setupTfjs before it fetches anything', () => {
  it.each([
    ['python', 'no-such-program is not installed. Install Python 3.8 or newer with pip'],
    ['compiler', 'no-such-program is not installed. Install a C++ compiler'],
  ])('names a missing %s and leaves nothing', async (tool, message) => {
    const parent = fresh();
    const options = { gpu: false, python: 'python3', compiler: 'true', say: () => {}, dir: join(parent, 'd') };
    await expect(setupTfjs({ ...options, [tool]: 'no-such-program' })).rejects.toThrow(message);
    expect(readdirSync(parent)).toEqual([]);
  });
});

describe.skipIf(!hasPython)('takeFromWheel', () => {
  /** A Python whose `pip download` copies a wheel made here. */
  function pythonWith(entries: Record<string, string>): string {
    const folder = fresh();
    const wheel = join(folder, 'thing-1.0-py3-none-any.whl');
    const make =
      'import json, sys, zipfile\nz = zipfile.ZipFile(sys.argv[1], "w")\n[z.writestr(k, v) for k, v in json.loads(sys.argv[2]).items()]\nz.close()';
    expect(spawnSync('python3', ['-c', make, wheel, JSON.stringify(entries)]).status).toBe(0);
    const python = join(folder, 'python');
    writeFileSync(
      python,
      `#!/bin/sh\nif [ "$3" = download ]; then while [ "$1" != --dest ]; do shift; done; exec cp '${wheel}' "$2"; fi\nexec python3 "$@"\n`,
    );
    chmodSync(python, 0o755);
    return python;
  }
  const rules = [
    ['tensorflow/(lib[^/]+\\.so\\.2)', 'deps/lib'],
    ['tensorflow/include/(.*\\.h)', 'deps/include'],
  ] as const;

  it('takes what the rules name, and removes the wheel', async () => {
    const python = pythonWith({
      'tensorflow/libx.so.2': 'library',
      'tensorflow/include/a/b.h': 'header',
      'tensorflow/python/x.py': 'no',
    });
    const into = fresh();
    expect(await takeFromWheel(python, { name: 'thing', version: '1.0' }, into, rules)).toBeGreaterThan(100);
    expect(readdirSync(into, { recursive: true }).sort()).toEqual([
      'deps',
      'deps/include',
      'deps/include/a',
      'deps/include/a/b.h',
      'deps/lib',
      'deps/lib/libx.so.2',
    ]);
    expect(readFileSync(join(into, 'deps/lib/libx.so.2'), 'utf8')).toBe('library');
  });

  it('writes nothing outside its folder', async () => {
    const python = pythonWith({ 'tensorflow/include/../../../../evil.h': 'x', 'tensorflow/include/good.h': 'y' });
    const into = join(fresh(), 'a', 'b', 'c');
    mkdirSync(into, { recursive: true });
    await takeFromWheel(python, { name: 'thing', version: '1.0' }, into, rules);
    expect(readdirSync(into, { recursive: true }).filter((name) => String(name).endsWith('.h'))).toEqual([
      'deps/include/good.h',
    ]);
    expect(readdirSync(join(into, '..', '..'))).toEqual(['b']);
  });

  it('is an error where the wheel holds nothing of use', async () => {
    const run = takeFromWheel(pythonWith({ 'x.txt': '' }), { name: 'thing', version: '1.0' }, fresh(), rules);
    await expect(run).rejects.toThrow('unpacking thing 1.0: nothing of use in thing-1.0-py3-none-any.whl');
  });
});
