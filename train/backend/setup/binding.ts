import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../../support/atomic.js';
import { renameSynced } from '../../../support/sync-folder.js';
import { nodeApiHeaders } from './parts.js';
import { runTool } from './tool.js';

const remedy = 'Install a C++ compiler (Debian, Ubuntu: apt install g++), or name one with --compiler.';

/** Checks that there is a C++ compiler. */
export function compilerVersion(compiler: string): Promise<string> {
  return runTool(compiler, ['--version'], { doing: 'looking for a C++ compiler', remedy });
}

/**
 * Compiles the native binding of an unpacked tfjs-node with the headers and libraries in deps/, and puts it where the
 * package expects it. The binding has two source files and uses Node's stable C interface, so one call of the compiler
 * replaces its binding.gyp; node-gyp and make are not needed. It finds the libraries relative to itself ($ORIGIN), so
 * the whole folder can be moved.
 */
export async function compileBinding(compiler: string, root: string, packageFolder: string): Promise<void> {
  const from = createRequire(join(packageFolder, 'package.json'));
  const find = 'const { find } = require("@mapbox/node-pre-gyp"); console.log(find(process.argv[1]))';
  const place = { cwd: packageFolder, doing: 'asking where the binding belongs', remedy: '' };
  const target = (await runTool(process.execPath, ['-e', find, join(packageFolder, 'package.json')], place)).trim();
  const api = /napi-v(\d+)/.exec(target)?.[1] ?? '8';
  const headers = dirname(createRequire(join(root, 'package.json')).resolve(`${nodeApiHeaders.name}/package.json`));
  const { binary } = from('./package.json') as { binary: { module_name: string } };
  await makeFolder(dirname(target));
  const partial = `${target}.partial`;
  const flags = [
    ...[
      '-shared',
      '-fPIC',
      '-O2',
      '-std=c++17',
      `-DNAPI_VERSION=${api}`,
      `-DNODE_GYP_MODULE_NAME=${binary.module_name}`,
    ],
    ...['-DBUILDING_NODE_EXTENSION', '-I', join(headers, 'include'), '-I', '.', '-I', 'deps/include'],
    ...['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', '-L', 'deps/lib', '-Wl,-rpath,$ORIGIN/../../deps/lib'],
    ...['-ltensorflow', '-ltensorflow_framework', '-o', partial],
  ];
  await runTool(compiler, flags, { cwd: packageFolder, doing: 'compiling the binding', remedy });
  await renameSynced(partial, target);
}
