import { section, table } from '../../frame.js';
import { type Html, html } from '../../markup.js';
import { count, percent, points, shortened } from '../../numbers.js';
import { isOff, noneOff, someOff } from '../../within-chance.js';
import type { CardFacts } from '../facts.js';

/** The most slices in the table; the report lists all of them. */
const SLICES = 10;

/** What it must not be used for, and where it is weaker. */
export function limits({ limits: lines, slices }: CardFacts): Html {
  const off = slices
    .filter(isOff)
    .sort((a, b) => Math.abs(b.right - b.meanProbability) - Math.abs(a.right - a.meanProbability));
  const said =
    slices.length === 0
      ? 'Quality was not measured by model and task.'
      : off.length === 0
        ? noneOff(slices.length)
        : someOff(off.length, slices.length);
  return section('limits', 'Limits', [
    html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`,
    html`<h3 class="after">Where it is weaker</h3><p>${said}</p>`,
    off.length > 0 &&
      table(
        off.length > SLICES ? `The ${SLICES} largest gaps` : 'Gaps',
        [
          { head: 'Slice', content: ({ name }) => shortened(name) },
          { head: 'By', content: ({ by }) => by },
          { head: 'Answers', kind: 'number', content: ({ rows }) => count(rows) },
          { head: 'Predicted', kind: 'number', content: (row) => percent(row.meanProbability) },
          { head: 'Right', kind: 'number', content: ({ right }) => percent(right) },
          { head: 'Gap', kind: 'number', content: (row) => points(row.right - row.meanProbability) },
        ],
        off.slice(0, SLICES),
      ),
  ]);
}
