import { POLICY_PATTERN } from '../../monitor/stored/with-policy-claim.js';
import { section, table } from '../../report/frame.js';
import { type Html, html, type Part } from '../../report/markup.js';
import { count, cutoff, NONE, percent } from '../../report/numbers.js';
import { shortPercent } from '../../support/words/short-percent.js';
import type { BundleFacts } from '../read/bundle-facts.js';
import { dateOf } from '../read/period.js';
import { type Version, versionsIn } from '../read/versions.js';
import type { Page } from './page.js';

/** Bundles that scored stored answers, and the facts of the one in use. */
export const versions: Page = {
  title: 'Versions',
  draw: async (input) => {
    const { db, asked } = input;
    const all = await versionsIn(db, asked.tenant);
    const bundle = await input.bundle();
    const from = bundle?.manifest.adapted?.from ?? null;
    return [
      section('bundles', 'Bundles that scored stored answers', [
        all.length === 0
          ? html`<p class="empty">No answer was scored yet.</p>`
          : table('Bundles, the latest first', columns(asked.digest, from), all, ({ bundle: each }) =>
              each === asked.digest ? 'own' : '',
            ),
        html`<p class="note">A bundle is named by the first 12 digits of the SHA-256 of its manifest. Days in UTC.</p>`,
      ]),
      section('use', 'The bundle in use', bundle === null ? REPLACED : facts(bundle)),
    ];
  },
};

const REPLACED = html`<p class="empty">The folder has another bundle than the one in use: it is being replaced.</p>`;

function columns(digest: string, from: string | null) {
  const day = (hour: number) => html`<time>${dateOf(hour).toISOString().slice(0, 10)}</time>`;
  return [
    {
      head: 'Bundle',
      content: ({ bundle }: Version): Part =>
        html`<code>${bundle.slice(0, 12)}</code><small>${
          bundle === digest ? 'in use' : bundle === from ? 'the one in use was adapted from it' : ''
        }</small>`,
    },
    { head: 'First answer', content: ({ first }: Version): Part => day(first) },
    { head: 'Last answer', content: ({ last }: Version): Part => day(last) },
    { head: 'Answers', kind: 'number' as const, content: ({ answers }: Version): Part => count(answers) },
    {
      head: 'Accepted',
      kind: 'number' as const,
      content: ({ accepted, answers }: Version): Part => percent(accepted / answers),
    },
    { head: 'Labels', kind: 'number' as const, content: ({ labelled }: Version): Part => count(labelled) },
    {
      head: html`Right, by labels<small>may be biased</small>`,
      kind: 'number' as const,
      content: ({ labelled, labelSum }: Version): Part => percent(labelSum / labelled),
    },
  ];
}

function facts({ manifest, digest, report }: BundleFacts): Part {
  const { created, model, calibrator, signals, data, adapted, vouch, thresholds } = manifest;
  const pairs: [string, Part][] = [
    ['SHA-256 of the manifest', html`<code>${digest}</code>`],
    ['Made', created?.slice(0, 16).replace('T', ' ') ?? NONE],
    ['Learner', model.name],
    ['Calibrator', calibrator.name],
    ['Signals', count(signals.numeric.length + signals.categorical.length)],
    ['Labelled answers, questions', `${count(data.answers)}, ${count(data.groups)}`],
    ['Models', listed(data.models)],
    ['Tasks', listed(data.tasks)],
    ['Adapted from', adapted == null ? NONE : html`<code>${adapted.from.slice(0, 12)}</code>`],
    ['vouch', vouch],
    ['Title of its report', report?.title ?? NONE],
  ];
  return [
    html`<dl class="pairs">${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`,
    thresholds.length === 0 ? html`<p>It was not certified for anything.</p>` : claims(thresholds),
  ];
}

function claims(thresholds: BundleFacts['manifest']['thresholds']): Html {
  return table(
    'Its claims',
    [
      { head: 'Claim', content: ({ id }) => id },
      { head: 'Answers with', content: ({ pattern, slice }) => (slice == null ? pattern : `${pattern}, ${slice}`) },
      { head: 'At most', kind: 'number', content: ({ alpha }) => `${shortPercent(alpha)} wrong` },
      { head: 'Confidence', kind: 'number', content: ({ delta }) => shortPercent(1 - delta) },
      {
        head: 'Accepts from',
        kind: 'number',
        content: ({ threshold, pattern }) =>
          threshold === null
            ? 'not certified'
            : pattern === POLICY_PATTERN
              ? 'the rules of the policy'
              : cutoff(threshold),
      },
      {
        head: 'Coverage when certified',
        kind: 'number',
        content: ({ coverage, threshold }) => (threshold === null ? NONE : percent(coverage)),
      },
    ],
    thresholds,
  );
}

function listed(names: readonly string[] | undefined): string {
  if (names === undefined || names.length === 0) return NONE;
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${count(names.length - 5)} more` : shown;
}
