import { spawnSync } from 'node:child_process';
import { createReadStream, mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { shortened } from '../report/numbers.js';

/**
 * Runs the main steps on the example answers: trains, scores the held-out answers, and shows some of them. Each step is
 * a `vouch` command, which is printed before it runs.
 */
const root = fileURLToPath(new URL('../../', import.meta.url));
const answers = 'examples/smollm2.jsonl.gz';
const bundle = 'runs/start';
const heldOut = 'runs/start-held-out.jsonl';
const scores = 'runs/start-scores.jsonl';

function vouch(...args: string[]): void {
  process.stdout.write(`\n$ vouch ${args.join(' ')}\n`);
  const run = spawnSync(process.execPath, ['dist/scripts/vouch.js', ...args], { cwd: root, stdio: 'inherit' });
  if (run.status !== 0) process.exit(run.status ?? 1);
}

async function lines(path: string): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for await (const line of createInterface({ input: createReadStream(`${root}${path}`) })) all.push(JSON.parse(line));
  return all;
}

/** The beginning of a text, on one line. */
function oneLine(text: string, most: number): string {
  return shortened(text.replace(/\s+/g, ' ').trim(), most);
}

mkdirSync(`${root}runs`, { recursive: true });
// This model has 135 million parameters and is right four times in ten: at most 5% errors cannot be certified, 20% can.
vouch('train', answers, '--out', bundle, '--held-out', heldOut, '--target-error', '0.2');
vouch('score', heldOut, '--model', bundle, '--out', scores);

const scored = new Map((await lines(scores)).map((row) => [row.id, row]));
const held = (await lines(heldOut)) as { id: string; prompt: string; answer: string; labels: { value: number }[] }[];
const ranked = held
  .map((record) => ({ record, score: scored.get(record.id) as { probability: number; decision: string | null } }))
  .sort((a, b) => b.score.probability - a.score.probability);
process.stdout.write('\nHeld-out answers, from the highest to the lowest probability:\n');
const shown = 8;
for (let k = 0; k < shown; k++) {
  const { record, score } = ranked[Math.round((k * (ranked.length - 1)) / (shown - 1))];
  const verdict = record.labels[0].value >= 0.5 ? 'right' : 'wrong';
  const text = `${oneLine(record.prompt, 60)} → ${oneLine(record.answer, 30)}`;
  process.stdout.write(`  ${score.probability.toFixed(3)}  ${(score.decision ?? '-').padEnd(8)} ${verdict}  ${text}\n`);
}
process.stdout.write(`\nreport: ${root}${bundle}/report.html\n`);
