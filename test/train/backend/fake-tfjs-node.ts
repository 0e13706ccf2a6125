import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const core = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core/package.json'));

export interface Fake {
  name: '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu';
  /** What tfjs-node's backend says of its device. */
  gpu?: boolean;
  /** Version its tfjs-core claims; ours where absent. */
  core?: string;
  /** Message it throws on load. */
  throws?: string;
}

/** A folder whose node_modules hold a package that behaves like tfjs-node towards the ladder, on the plain JavaScript kernels. */
export function fakeTfjsNode({ name, gpu = false, core: version, throws }: Fake): string {
  const folder = mkdtempSync(join(tmpdir(), 'vouch-fake-'));
  const scope = join(folder, 'node_modules', '@tensorflow');
  mkdirSync(join(folder, 'node_modules', name), { recursive: true });
  if (version === undefined) symlinkSync(core, join(scope, 'tfjs-core'));
  else {
    mkdirSync(join(scope, 'tfjs-core'));
    cpSync(join(core, 'package.json'), join(scope, 'tfjs-core', 'package.json'));
    writeFileSync(
      join(scope, 'tfjs-core', 'package.json'),
      JSON.stringify({ name: '@tensorflow/tfjs-core', version, main: 'x.js' }),
    );
  }
  writeFileSync(
    join(folder, 'node_modules', name, 'package.json'),
    JSON.stringify({ name, version: '4.22.0', main: 'index.js' }),
  );
  const body = throws
    ? `throw new Error(${JSON.stringify(throws)});`
    : `const tf = require('@tensorflow/tfjs-core');
       class Backend extends tf.KernelBackend { dispose() {} constructor() { super(); this.isUsingGpuDevice = ${gpu}; this.binding = { TF_Version: '9.9.9' }; } }
       tf.registerBackend('tensorflow', () => new Backend(), 3);
       tf.setBackend('tensorflow');
       module.exports = tf;`;
  writeFileSync(join(folder, 'node_modules', name, 'index.js'), body);
  return folder;
}
