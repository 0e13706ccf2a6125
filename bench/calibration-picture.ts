/**
 * Draws `docs/calibrated.svg`: reliability diagrams of the mean token probability of shipped answers, as it is and after
 * isotonic regression. The regression is fitted on every second question; the others are drawn. `npx tsx
 * bench/calibration-picture.ts`
 */
import { writeFileSync } from 'node:fs';
import { calibrators } from '../library/calibrators.js';
import { readAnswers } from '../library/read-answers.js';
import { signals } from '../library/signals.js';
import { type ReliabilityBin, reliability } from '../metrics/calibration/reliability.js';

const asked = new Map<string, number>();
const fit = { probability: [] as number[], label: [] as number[], group: [] as number[] };
const drawn = { probability: [] as number[], label: [] as number[], group: [] as number[] };
for await (const record of readAnswers('examples/smollm2.jsonl.gz')) {
  const group = record.group ?? '';
  if (!asked.has(group)) asked.set(group, asked.size);
  const part = (asked.get(group) as number) % 2 === 0 ? fit : drawn;
  part.probability.push(signals(record)['tokens.pavg'] as number);
  part.label.push(record.labels?.[0].value ?? 0);
  part.group.push(asked.get(group) as number);
}
const scaled = calibrators.isotonic.fit({ probability: fit.probability, label: fit.label }).apply(drawn.probability);
const bins = (probability: ArrayLike<number>) =>
  reliability(
    {
      probability: Float64Array.from(probability),
      label: Float64Array.from(drawn.label),
      group: Int32Array.from(drawn.group),
    },
    'mass',
    8,
  );

const side = 250;
const pictures = [
  diagram('Before: mean token probability', bins(drawn.probability), '#c2571a'),
  diagram('After: isotonic regression', bins(scaled), '#1f6f8b'),
];
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 350" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Two reliability diagrams. Before: the dots lie far below the diagonal. After: they lie close to it.">
<rect width="700" height="350" fill="white"/>
${pictures.map((picture, i) => `<g transform="translate(${60 + 340 * i}, 40)">\n${picture}\n</g>`).join('\n')}
</svg>
`;
writeFileSync('docs/calibrated.svg', svg);
console.log(`${drawn.label.length} answers`);

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
