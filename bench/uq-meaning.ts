/**
 * Measures over samples from the same clusters, matrices and log-probabilities, computed by vouch, lm-polygraph and
 * uqlm: how far the values differ. The bar: 1e-6 of the greater of 1 and the value, everywhere where definitions agree
 * (docs/signals.md lists where they don't). `npx tsx bench/uq-meaning.ts [--cases 500] [--python PATH]`; without
 * `--python` it creates bench/.venv-uq.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AnswerRecord } from '../data/record.js';
import { dynamicSignal } from '../features/dynamic.js';
import { makeView } from '../features/view.js';
import { type Random, random } from '../support/random.js';
import { uqVenv } from './uq-venv.js';
import { machine } from './venv.js';

const { values } = parseArgs({ options: { cases: { type: 'string', default: '500' }, python: { type: 'string' } } });

/** Theirs, and ours. */
const same: [theirs: string, ours: string][] = [
  ['lm-polygraph SemanticEntropyEmpirical', 'entailments.x.semanticEntropy'],
  ['lm-polygraph EigValLaplacian', 'entailments.x.eigenvalueSum'],
  ['lm-polygraph DegMat', 'entailments.x.degreeUncertainty'],
  ['lm-polygraph Eccentricity', 'entailments.x.eccentricity'],
  ['lm-polygraph KernelLanguageEntropy', 'entailments.x.heatEntropy'],
  ['lm-polygraph SentenceSAR', 'similarities.x.sentenceSar'],
  ['lm-polygraph CocoaPPL', 'similarities.x.cocoa'],
  ['lm-polygraph CocoaMSP', 'similarities.x.cocoaSequence'],
  ['uqlm discrete_semantic_entropy', 'entailments.x.semanticEntropy'],
  ['uqlm tokenprob_semantic_entropy', 'entailments.x.semanticEntropyByProbability'],
  ['uqlm number of semantic sets', 'entailments.x.semanticSets'],
  ['uqlm semantic_density', 'entailments.x.semanticDensity'],
];

/** Answers with random texts' probabilities and cosines; every third with few meanings. */
function makeCase(draw: Random, at: number): AnswerRecord {
  const n = 2 + draw.int(11);
  const kinds = at % 3 === 0 ? 2 : n;
  const kind = Array.from({ length: n + 1 }, () => draw.int(kinds));
  const tokens = () => Array.from({ length: 1 + draw.int(8) }, () => ({ token: 'x', logprob: -3 * draw.next() ** 2 }));
  const [entails, contradicts, cosines] = [0, 0, 0].map(() => kind.map(() => kind.map(() => 0)));
  for (let i = 0; i <= n; i++) {
    for (let j = 0; j <= n; j++) {
      const parts = [draw.next() + (kind[i] === kind[j] ? 3 : 0), draw.next(), draw.next()];
      const sum = parts[0] + parts[1] + parts[2];
      entails[i][j] = i === j ? 1 : parts[0] / sum;
      contradicts[i][j] = i === j ? 0 : parts[1] / sum;
      cosines[i][j] = i === j ? 1 : i < j ? draw.next() : cosines[j][i];
    }
  }
  return {
    id: `case ${at}`,
    answer: 'answer',
    tokens: tokens(),
    samples: kind.slice(1).map((_, i) => ({ answer: `sample ${i}`, tokens: tokens() })),
    entailments: { x: { texts: { entails, contradicts } } },
    similarities: { x: { texts: cosines } },
  } as AnswerRecord;
}

const draw = random('uq-meaning');
const cases = Array.from({ length: Number(values.cases) }, (_, at) => makeCase(draw, at));
const dir = mkdtempSync(join(tmpdir(), 'vouch-uq-'));
writeFileSync(join(dir, 'cases.jsonl'), cases.map((each) => JSON.stringify(each)).join('\n'));
const said = execFileSync(
  values.python ?? uqVenv(),
  [join(import.meta.dirname, 'uq_meaning.py'), join(dir, 'cases.jsonl')],
  { maxBuffer: 2 ** 28, stdio: ['ignore', 'pipe', 'inherit'] },
);
rmSync(dir, { recursive: true });
const theirs = JSON.parse(said.toString()) as Record<string, number[]>;

const view = makeView(0);
console.log(`# bench/uq-meaning: ${machine()}, uqlm 0.6.7, lm-polygraph 0.7.0`);
console.log(`${cases.length} answers with 2 to 12 samples\n`);
console.log('| theirs | ours | greatest difference, relative to 1 or the value |\n| --- | --- | --- |');
let worst = 0;
for (const [name, our] of same) {
  let gap = 0;
  cases.forEach((each, i) => {
    view.load(each);
    const value = dynamicSignal(our)!.of(view);
    const other = theirs[name][i];
    const apart = Math.abs(value - other) / Math.max(1, Math.abs(other));
    gap = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(gap, apart);
  });
  worst = Math.max(worst, gap);
  console.log(`| ${name} | \`${our}\` | ${gap.toExponential(1)} |`);
}
console.log(`\nbar: 1e-6 ${worst <= 1e-6 ? 'met' : 'not met'}`);
if (worst > 1e-6) process.exitCode = 1;
