/**
 * Time until a new process returns its first probability: it imports the packed vouch-scorer (dist/vouch-scorer; run
 * `npm run build` first), opens a bundle and scores one answer. It alternates with onnxruntime-node alone on the same
 * graph. Then: how long commands take to print their help. `npx tsx bench/cold-start.ts [BUNDLE] [--times 15]`; BUNDLE
 * is runs/demo by default.
 */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { machine } from './venv.js';

const OPEN_BAR = 100;
const { values, positionals } = parseArgs({
  options: { times: { type: 'string', default: '15' } },
  allowPositionals: true,
});
const bundle = resolve(positionals[0] ?? 'runs/demo');
const root = resolve(import.meta.dirname, '..');
const scorer = pathToFileURL(join(root, 'dist/vouch-scorer/scorer/index.js')).href;
const record = {
  id: 'a',
  prompt: 'What is the capital of Australia?',
  answer: 'Canberra',
  tokens: [{ token: 'Canberra', logprob: -0.02, top: [{ token: 'Canberra', logprob: -0.02 }] }],
};

/**
 * Each prints the milliseconds of its parts as JSON: wall-clock time, then the processor time of this process in
 * brackets.
 */
const clock = `const at = () => {
  const { user, system } = process.cpuUsage();
  return [performance.now(), (user + system) / 1000];
};
const since = (a, b) => b.map((t, i) => t - a[i]);`;
const ways = {
  'vouch-scorer': `${clock} const a = at();
    const { openScorer } = await import('${scorer}'); const b = at();
    const scorer = await openScorer('${bundle}'); const c = at();
    await scorer.score(${JSON.stringify(record)}); const d = at();
    console.log(JSON.stringify([since(a, b), since(b, c), since(c, d), d])); process.exit(0);`,
  'onnxruntime-node alone': `${clock} const a = at();
    const { default: { InferenceSession, Tensor } } = await import('onnxruntime-node'); const b = at();
    const { readFileSync } = await import('node:fs');
    const { signals } = JSON.parse(readFileSync('${bundle}/manifest.json', 'utf8'));
    const one = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' };
    Object.assign(one, { graphOptimizationLevel: 'all', logSeverityLevel: 3 });
    const session = await InferenceSession.create(readFileSync('${bundle}/model.onnx'), one); const c = at();
    const [n, m] = [signals.numeric.length, signals.categorical.length];
    const feeds = { features: new Tensor('float32', new Float32Array(n), [1, n]) };
    if (m > 0) feeds.categories = new Tensor('int64', new BigInt64Array(m), [1, m]);
    const words = signals.words?.length;
    if (words) feeds.words = new Tensor('int32', new Int32Array(words), [1, words]);
    await session.run(feeds); const d = at();
    console.log(JSON.stringify([since(a, b), since(b, c), since(c, d), d])); process.exit(0);`,
};
const parts = ['import', 'open', 'first score', 'since the process began'];

const seen: Record<string, number[][][]> = { 'vouch-scorer': [], 'onnxruntime-node alone': [] };
for (let i = 0; i < Number(values.times); i++) {
  for (const [way, code] of Object.entries(ways)) {
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', code], { cwd: root, encoding: 'utf8' });
    seen[way].push(JSON.parse(said));
  }
}
console.log(
  `# bench/cold-start: ${machine()}, bundle ${positionals[0] ?? 'runs/demo'}, median of ${values.times} fresh ` +
    'processes',
);
console.log(`| ms, wall (processor) | ${parts.join(' | ')} |\n| --- | ${parts.map(() => '---:').join(' | ')} |`);
for (const [way, runs] of Object.entries(seen)) {
  const cells = parts.map((_, p) => `${of(runs, p, 0)} (${of(runs, p, 1)})`);
  console.log(`| ${way} | ${cells.join(' | ')} |`);
}

console.log('\n| ms, wall | |\n| --- | ---: |');
for (const args of [['--version'], ['--help'], ['score', '--help'], ['train', '--help'], ['evaluate', '--help']]) {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now();
    execFileSync(process.execPath, [join(root, 'dist/scripts/vouch.js'), ...args], { stdio: 'pipe' });
    return performance.now() - started;
  });
  console.log(`| vouch ${args.join(' ')} | ${median(times).toFixed(0)} |`);
}
const open = median(seen['vouch-scorer'].map((run) => run[1][0]));
console.log(`\nbar: a bundle opens in at most ${OPEN_BAR} ms: ${open <= OPEN_BAR ? 'met' : 'not met'}`);
process.exit(open <= OPEN_BAR ? 0 : 1);

function of(runs: number[][][], part: number, kind: number): string {
  return median(runs.map((run) => run[part][kind])).toFixed(kind === 0 && part === 2 ? 1 : 0);
}

function median(list: number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}
