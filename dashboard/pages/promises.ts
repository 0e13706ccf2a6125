import { isAheadOfState } from '../../monitor/promise/ahead-of-state.js';
import type { PROMISE_STATES } from '../../monitor/promise/standing.js';
import { section, table } from '../../report/frame.js';
import { type Html, html, type Part } from '../../report/markup.js';
import { count, NONE, percent } from '../../report/numbers.js';
import { VouchError } from '../../support/errors.js';
import { ONE_LOOK } from '../../support/words/one-look.js';
import { plural } from '../../support/words/plural.js';
import { shortPercent } from '../../support/words/short-percent.js';
import type { Setting } from '../asked.js';
import type { BundleFacts } from '../read/bundle-facts.js';
import { readWatched, type Watched } from '../read/watched.js';
import { monitorLine } from './monitor-line.js';
import type { PageInput } from './page.js';

type Promised = Watched['promises'][number];

/** What each state means, in a few words. */
const MEANS: Record<(typeof PROMISE_STATES)[number], string> = {
  broken: 'more errors than promised on average',
  holds: 'fewer errors than promised on average',
  recovered: 'it was broken, and holds again',
  'cannot tell': 'too few drawn labels so far',
};

/** Promises and alarms, as the monitor's last run left them; otherwise how to run it. */
export async function promises({ setting, asked }: PageInput, bundle: BundleFacts | null): Promise<Html> {
  const body = async (): Promise<Part> => {
    const { monitorState: file, hasTenants } = setting;
    if (hasTenants && asked.tenant !== null) {
      return html`<p>The monitor judges the answers of all tenants together. Your key shows one tenant.</p>`;
    }
    if (file === null) return howTo('The service was not told where the monitor keeps its state.', setting);
    try {
      const watched = await readWatched(file, bundle?.manifest ?? null);
      if (watched === null) return howTo('The monitor has not written its state yet.', setting);
      return found(watched, asked.digest);
    } catch (error) {
      if (!(error instanceof VouchError)) throw error;
      return html`<p class="alarm">${error.message}</p>`;
    }
  };
  return section('promise', 'Promises and alarms', await body());
}

function howTo(why: string, setting: Setting): Part {
  return [
    html`<p>${why} Only labels that the monitor draws say whether a promise still holds. Run it once a day, and start the
service with <code>--monitor-state monitor.json --review-queue queue.csv</code>:</p>`,
    monitorLine(setting, '--queue queue.csv'),
  ];
}

function found({ bundle, promises: all, alerts, since, until }: Watched, digest: string): Part {
  const isOther = bundle !== digest;
  const on = alerts.filter(({ isOver }) => !isOver);
  const period =
    since === null || until === null ? '' : ` Answers from ${since.slice(0, 10)} to ${until.slice(0, 10)}.`;
  return [
    isOther &&
      html`<p class="alarm">The monitor watches the bundle ${bundle.slice(0, 12)}, but ${digest.slice(0, 12)} is in use.
Start it with a new state file for the bundle in use.</p>`,
    on.length === 0
      ? html`<p>No alarm is on.${period}</p>`
      : html`<p>${plural(on.length, 'alarm is', 'alarms are')} on.${period}</p><ul class="alerts">${on.map(
          ({ text, since: began }) =>
            html`<li>${text} <small>since ${began?.slice(0, 10) ?? 'an earlier run'}</small></li>`,
        )}</ul>`,
    all.length === 0
      ? html`<p>No promise is watched${isOther ? '.' : ': the bundle certified nothing.'}</p>`
      : table(
          'Promises by claim',
          [
            { head: 'Claim', content: ({ claim }) => claim },
            { head: 'At most', kind: 'number', content: ({ alpha }) => `${shortPercent(alpha)} wrong` },
            { head: 'Confidence', kind: 'number', content: ({ delta }) => shortPercent(1 - delta) },
            {
              head: 'State',
              content: (promise) =>
                html`<span class="state ${promise.state.replace(' ', '-')}">${promise.state}</span><small>${MEANS[promise.state]}${
                  isAheadOfState(promise) && `: ${ONE_LOOK}`
                }</small>`,
            },
            { head: 'Wrong, corrected for the draw', kind: 'number', content: estimate },
            { head: 'Labels', kind: 'number', content: labels },
          ],
          all,
        ),
  ];
}

function estimate({ error }: Promised): Part {
  if (error === null) return NONE;
  return html`${percent(error.value)}<small>${percent(error.low)} to ${percent(error.high)}</small>`;
}

function labels({ labels: n, drawn, needed, waiting, givenUp }: Promised): Part {
  const late = [waiting > 0 && `${count(waiting)} may still come`, givenUp > 0 && `${count(givenUp)} overdue`];
  const more = [...late, needed !== null && `about ${count(needed)} more would decide`].filter(Boolean).join('; ');
  return html`${count(n)} of ${count(drawn)}<small>${more}</small>`;
}
