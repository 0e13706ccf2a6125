import { ONE_LOOK } from '../../../support/words/one-look.js';
import { plural } from '../../../support/words/plural.js';
import { section, table } from '../../frame.js';
import { type Html, html, type Part } from '../../markup.js';
import { count, percent } from '../../numbers.js';
import type { CardFacts } from '../facts.js';
import type { CardLater, WatchedRun } from '../later.js';

/** The most names of signals in a cell; the result of the monitor has all of them. */
const NAMES = 5;

/** What the monitor found since the bundle was made, one run per row. */
export function drift(_facts: CardFacts, later: CardLater | undefined): Html {
  const runs = later?.watched;
  if (runs === undefined) {
    return section(
      'drift',
      'Drift since it was made',
      html`<p class="empty">Not in this card: a bundle does not change after it was made. Run <code>vouch monitor --out
FILE</code>, and give the results to <code>vouch evidence --monitor</code>.</p>`,
    );
  }
  return section('drift', 'Drift since it was made', [
    table(
      'Runs of the monitor, oldest first',
      [
        {
          head: 'Run',
          content: ({ run, until }) =>
            html`${run}<small>${until === null ? 'no answers' : `until ${until.slice(0, 10)}`}</small>`,
        },
        { head: 'New answers', kind: 'number', content: ({ answers }) => count(answers) },
        { head: 'Accepted', kind: 'number', content: ({ accepted }) => count(accepted) },
        { head: 'Promise', content: promiseCell },
        { head: 'Signals that differ', content: driftCell },
        { head: 'Unseen', content: ({ unseen }) => (unseen.length === 0 ? 'none' : unseen.join(', ')) },
        { head: 'Alarms on', content: ({ alarms }) => (alarms.length === 0 ? 'none' : lines(alarms)) },
      ],
      runs,
    ),
    html`<p class="note">The error has a 95% interval. It counts labels that the monitor drew itself, from the first run
on. “Cannot tell” means that there are too few of these labels, also if the interval lies on one side of the target:
${ONE_LOOK}.</p>`,
  ]);
}

function promiseCell({ promises }: WatchedRun): Part {
  if (promises.length === 0) return 'nothing is promised';
  return promises.map(({ claim, state, labels, error }) => {
    const wrong =
      error === null ? '' : `: ${percent(error.value)} wrong (${percent(error.low)} to ${percent(error.high)})`;
    return html`<div>${state === 'broken' ? html`<mark class="bad">broken</mark>` : state}<small>${claim}${wrong},
${plural(labels, 'label')}</small></div>`;
  });
}

function driftCell({ drift: found }: WatchedRun): Part {
  if (found === null) return 'not measured';
  const { signals, differ } = found;
  const more = differ.length > NAMES ? ` and ${differ.length - NAMES} more` : '';
  return html`${count(differ.length)} of ${count(signals)}${
    differ.length > 0 && html`<small>${differ.slice(0, NAMES).join(', ')}${more}</small>`
  }`;
}

function lines(texts: readonly string[]): Html {
  return html`${texts.map((text, i) => html`${i > 0 && html`<br>`}${text}`)}`;
}
