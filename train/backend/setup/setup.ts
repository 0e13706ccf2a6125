import { symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { VouchError } from '../../../support/errors.js';
import { setupFolders } from '../peer.js';
import { compileBinding, compilerVersion } from './binding.js';
import { fillFolder, isFilled } from './folder.js';
import { cpuParts, gpuParts, nodeApiHeaders, type Parts, tfjsVersion } from './parts.js';
import { runTool } from './tool.js';
import { type Verified, verify } from './verify.js';
import { pythonVersion, takeFromWheel } from './wheel.js';

interface SetupOptions {
  gpu: boolean;
  /** The folder to fill; it must be new, empty, or one filled before. */
  dir?: string;
  python: string;
  compiler: string;
  /** Gets a line at the start and the end of each step. */
  say: (line: string) => void;
}

interface SetUp extends Verified {
  dir: string;
  package: Parts['package'];
  tfjs: string;
  /** True if it was already set up and was only checked. */
  already: boolean;
  seconds: number;
}

const libraryRules = [
  ['tensorflow/(lib[^/]+\\.so\\.2)', 'deps/lib'],
  ['tensorflow/include/((?:tensorflow/(?:c|core/platform)|(?:.*/)?tsl)/.*\\.h)', 'deps/include'],
] as const;
const nvidiaRules = [['nvidia/(.+/lib/[^/]+\\.so[^/]*)', 'deps/nvidia']] as const;

/**
 * Sets up tfjs-node or tfjs-node-gpu with a current libtensorflow, from npm and PyPI alone, without the package's own
 * downloads. Everything is built in a temporary folder, loaded there in a separate process, and then renamed. The CUDA
 * libraries are put where libtensorflow's own run path looks for them ($ORIGIN/../nvidia), so LD_LIBRARY_PATH is not
 * needed.
 */
export async function setupTfjs({ gpu, dir: given, python, compiler, say }: SetupOptions): Promise<SetUp> {
  const parts = gpu ? gpuParts : cpuParts;
  const dir = resolve(given ?? setupFolders[gpu ? 'gpu' : 'cpu']);
  const started = performance.now();
  const done = (found: Verified, already: boolean): SetUp => {
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    return { dir, package: parts.package, tfjs: tfjsVersion, ...found, already, seconds };
  };
  checkPlatform();
  if (await isFilled(dir, parts)) {
    const found = await verify(dir, parts.package).catch(() => undefined);
    if (found) return done(found, true);
    say('the existing set-up does not load any more, so it is set up again');
  }
  await pythonVersion(python);
  await compilerVersion(compiler);
  const found = await fillFolder(dir, parts, async (aside) => {
    const step = stepper(say, 4 + parts.nvidia.length);
    const packageFolder = join(aside, 'node_modules', parts.package);
    const take = (part: typeof parts.tensorflow, rules: typeof libraryRules | typeof nvidiaRules) =>
      step(`${part.name} ${part.version}`, () => takeFromWheel(python, part, packageFolder, rules), size);
    await step(`${parts.package} ${tfjsVersion} from npm`, () => installPackages(aside, parts));
    await take(parts.tensorflow, libraryRules);
    for (const part of parts.nvidia) await take(part, nvidiaRules);
    const lib = join(packageFolder, 'deps', 'lib');
    await symlink('libtensorflow_cc.so.2', join(lib, 'libtensorflow.so'));
    await symlink('libtensorflow_framework.so.2', join(lib, 'libtensorflow_framework.so'));
    await step('compiling the binding', () => compileBinding(compiler, aside, packageFolder));
    return step('loading it', () => verify(aside, parts.package));
  });
  return done(found, false);
}

function checkPlatform(): void {
  if (process.platform === 'linux' && process.arch === 'x64') return;
  throw new VouchError('BACKEND_UNAVAILABLE', 'libtensorflow can be set up on one platform only', {
    expected: 'linux x64',
    got: `${process.platform} ${process.arch}`,
    hint: 'On other platforms, use the built-in wasm backend, or install @tensorflow/tfjs-node with its own installer.',
  });
}

async function installPackages(folder: string, parts: Parts): Promise<void> {
  const dependencies = { [parts.package]: tfjsVersion, [nodeApiHeaders.name]: nodeApiHeaders.version };
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'vouch-tfjs', private: true, dependencies }, null, 2),
  );
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
  await runTool('npm', ['install', '--prefix', folder, ...quietly], {
    cwd: folder,
    doing: `installing ${parts.package} ${tfjsVersion}`,
    remedy: 'npm comes with Node; put it on the PATH.',
  });
}

const size = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB, `;

/** Says each step when it starts and when it is done, with its time and what `extra` makes of its result. */
function stepper(say: SetupOptions['say'], steps: number) {
  let number = 0;
  return async <T>(what: string, run: () => Promise<T>, extra: (result: T) => string = () => ''): Promise<T> => {
    number++;
    say(`[${number}/${steps}] ${what} …`);
    const started = performance.now();
    const result = await run();
    say(`[${number}/${steps}] ${what}: ${extra(result)}${((performance.now() - started) / 1000).toFixed(1)} s`);
    return result;
  };
}
