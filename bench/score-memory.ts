/**
 * Peak memory of `vouch score` over many small rows, which are first written to a temporary file as a stream.
 * `npx tsx bench/score-memory.ts [--rows 1000000] [--ending .jsonl] [--model BUNDLE]`; exits with 1 above 600 MB.
 */
import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { random } from '../support/random.js';
import { writeStandIn } from './stand-in.js';
import { machine } from './venv.js';

const LIMIT = 600;
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    ending: { type: 'string', default: '.jsonl' },
    model: { type: 'string' },
  },
});
const root = resolve(import.meta.dirname, '..');
const dir = mkdtempSync(join(tmpdir(), 'vouch-memory-'));
const at = (name: string) => join(dir, name);
const model = values.model ?? at('bundle');
if (values.model === undefined) await writeStandIn(model);
await pipeline(Readable.from(lines(Number(values.rows))), createWriteStream(at('answers.jsonl')));

const peakFile = `require('node:fs').writeFileSync('${at('peak')}', String(process.resourceUsage().maxRSS))`;
const hook =
  `data:text/javascript,import { createRequire } from 'node:module'; const require = createRequire('${root}/'); ` +
  `process.on('exit', () => ${peakFile})`;
const out = at(`scores${values.ending}`);
const args = [
  '--import',
  hook,
  '--import',
  'tsx',
  'test/scripts/score-cli.ts',
  'score',
  at('answers.jsonl'),
  '--model',
  model,
  '--out',
  out,
  '--json',
];
const run = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
if (run.status !== 0) throw new Error(`vouch score ended with ${run.status}`);
const { rows, seconds, rowsPerSecond } = JSON.parse(run.stdout);
const peak = Number(readFileSync(at('peak'), 'utf8')) / 1024;
const size = statSync(at('answers.jsonl')).size / 1e6;
rmSync(dir, { recursive: true });
console.log(`# bench/score-memory: ${machine()}`);
console.log('| rows | input MB | output | seconds | rows/s | peak MB |\n| ---: | ---: | --- | ---: | ---: | ---: |');
console.log(
  `| ${rows} | ${size.toFixed(0)} | ${values.ending} | ${seconds.toFixed(1)} | ${rowsPerSecond.toFixed(0)} | ` +
    `${peak.toFixed(0)} |`,
);
process.exit(peak <= LIMIT ? 0 : 1);

function* lines(n: number): Generator<string> {
  const draw = random('memory');
  for (let i = 0; i < n; i++) {
    const words = Array.from({ length: 1 + draw.int(4) }, () => `w${draw.int(999)}`);
    const tokens = words.map((token) => ({ token, logprob: Math.round(-1000 * draw.next()) / 1000 }));
    yield `${JSON.stringify({ id: `q${i}`, model: 'm1', prompt: `Which ${i}?`, answer: words.join(' '), tokens })}\n`;
  }
}
