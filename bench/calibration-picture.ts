/**
 * Draws `docs/calibrated.svg`: reliability diagrams of a recorded confidence and of vouch, on shipped answers that did
 * not train. It trains on them with logistic regression only, which takes seconds. `npx tsx
 * bench/calibration-picture.ts [REPORT.json]`; with a report, its numbers are drawn instead.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { train } from '../library/train.js';
import type { ReliabilityBin, ReportData } from '../report/results.js';

const given = process.argv[2];
const report = given === undefined ? await trained() : (JSON.parse(readFileSync(given, 'utf8')) as ReportData);
if (report.before === null) throw new Error('the report has no recorded confidence to draw');
const rows = report.test.reliability.reduce((sum, bin) => sum + bin.rows, 0);

const side = 250;
const pictures = [
  diagram('Before: mean token probability', report.before.reliability, '#c2571a'),
  diagram('After: the probability of vouch', report.test.reliability, '#1f6f8b'),
];
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 350" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Two reliability diagrams. Before: the dots lie far below the diagonal. After: they lie close to it.">
<rect width="700" height="350" fill="white"/>
${pictures.map((picture, i) => `<g transform="translate(${60 + 340 * i}, 40)">\n${picture}\n</g>`).join('\n')}
</svg>
`;
writeFileSync('docs/calibrated.svg', svg);
const most = (bins: ReliabilityBin[]) =>
  bins.map(({ predicted, right }) => `${predicted.toFixed(2)} ${right.toFixed(2)}`);
console.log(`${rows} answers\nbefore (predicted, right): ${most(report.before.reliability).join(', ')}`);
console.log(`after (predicted, right): ${most(report.test.reliability).join(', ')}`);

async function trained(): Promise<ReportData> {
  const out = join(mkdtempSync(join(tmpdir(), 'vouch-picture-')), 'bundle');
  const quick = { learners: ['logistic' as const], certify: 'split' as const, resamples: 200, threads: 1 };
  return (await train('examples/smollm2.jsonl.gz', { out, targetError: 0.2, ...quick })).report;
}

/** One diagram of `side` × `side`: the diagonal, and one dot per bin with its 95% interval. */
function diagram(title: string, bins: ReliabilityBin[], colour: string): string {
  const x = (share: number) => (side * share).toFixed(1);
  const y = (share: number) => (side * (1 - share)).toFixed(1);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) =>
    [
      `<line x1="0" x2="${side}" y1="${y(share)}" y2="${y(share)}" stroke="#e3e3e3"/>`,
      `<text x="-8" y="${y(share)}" dy="4" text-anchor="end">${100 * share}%</text>`,
      `<text x="${x(share)}" y="${side + 18}" text-anchor="middle">${100 * share}%</text>`,
    ].join(''),
  );
  const dots = bins.map(({ predicted, right, low, high }) =>
    [
      `<line x1="${x(predicted)}" x2="${x(predicted)}" y1="${y(low)}" y2="${y(high)}" stroke="${colour}" stroke-opacity="0.5"/>`,
      `<circle cx="${x(predicted)}" cy="${y(right)}" r="4" fill="${colour}"/>`,
    ].join(''),
  );
  return [
    `<text x="0" y="-16" font-size="14" font-weight="600">${title}</text>`,
    ...ticks,
    `<line x1="0" y1="${side}" x2="${side}" y2="0" stroke="#888" stroke-dasharray="4 4"/>`,
    ...dots,
    `<text x="${side / 2}" y="${side + 42}" text-anchor="middle">stated probability</text>`,
    `<text transform="translate(-46, ${side / 2}) rotate(-90)" text-anchor="middle">share that is right</text>`,
  ].join('\n');
}
