import { plural } from '../../support/words/plural.js';
import { type Column, section, table } from '../frame.js';
import { breakable, type Html, html } from '../markup.js';
import { count, fixed, interval, type Maybe, percent, points, shortened } from '../numbers.js';
import { raterNotes } from '../raters/notes.js';
import type { Rater, Raters } from '../raters/raters.js';
import type { Estimate, ReportData } from '../results.js';

/** How reliable people, judges and verifiers are: against people, among each other, and by Dawid and Skene's model. */
export function raters({ raters: found }: ReportData): Html | null {
  if (found == null) return null;
  const notes = raterNotes(found);
  const compared = found.rows.filter(({ people }) => people !== null);
  return section('raters', 'Raters and judges', [
    html`<p>${headline(found)}</p>`,
    notes.length > 0 && html`<ul class="warnings">${notes.map((note) => html`<li>${note}</li>`)}</ul>`,
    compared.length > 0 &&
      table('Compared with the labels by people; 95% intervals (bootstrap over questions)', withPeople, compared),
    table('All raters', alone, found.rows),
    found.together.length > 0 && table('Agreement among raters', amongThem, found.together),
    html`<p class="note">Scores are cut at 0.5. Cohen’s kappa is the agreement beyond chance: 1 is perfect, 0 is chance. A
person is compared with the other people. Length: the mean score of the longer half of the answers minus that of the
shorter half, for right and for wrong answers separately, then averaged. Order: the mean absolute difference between the
two orders in which a judge was asked.${
      found.model !== null &&
      html` Dawid and Skene’s model estimates the truth and each rater’s confusions from the ratings alone. It assumes that
raters err independently: judges that make the same mistakes look better than they are. It changes no label.`
    }</p>`,
  ]);
}

function headline({ rows, model }: Raters): string {
  const of = (kind: Rater['kind']) => rows.filter((row) => row.kind === kind).length;
  const kinds = [
    [of('person'), 'person or group of people', 'people or groups of people'],
    [of('grader'), 'automatic grader', 'automatic graders'],
    [of('verifier'), 'verifier', 'verifiers'],
  ] as const;
  const named = kinds.filter(([n]) => n > 0).map(([n, one, many]) => plural(n, one, many));
  const said = `${named.join(', ')} rated these answers.`;
  if (model === null) return said;
  const { answers, right, differs, raters: n, iterations, converged } = model;
  return (
    `${said} By Dawid and Skene's model of ${n} raters (${converged ? 'converged' : 'not converged'} after ` +
    `${plural(iterations, 'step')}), ${percent(right)} of ${plural(answers, 'answer')} are right; for ` +
    `${plural(differs, 'answer')} it contradicts the label.`
  );
}

function shown(estimate: Estimate, show: (x: Maybe) => string): Html {
  return html`${show(estimate.value)}<small>${interval(estimate, show)}</small>`;
}

const two = (x: Maybe) => fixed(x, 2);

const name: Column<Rater> = {
  head: 'Rater',
  content: (rater) => html`<code title="${rater.name}">${breakable(shortened(rater.name, 60))}</code>`,
};

const withPeople: Column<Rater>[] = [
  name,
  { head: 'Answers', kind: 'number', content: ({ people }) => count(people?.answers) },
  { head: 'Agree', kind: 'number', content: ({ people }) => percent(people?.agree) },
  { head: 'Cohen’s kappa', kind: 'number', content: ({ people }) => people && shown(people.kappa, two) },
  { head: 'Wrong called right', kind: 'number', content: ({ people }) => percent(people?.falseRight) },
  { head: 'Right called wrong', kind: 'number', content: ({ people }) => percent(people?.falseWrong) },
  { head: 'Length', kind: 'number', content: ({ people }) => people && shown(people.lengthBias, points) },
];

const alone: Column<Rater>[] = [
  name,
  { head: 'Kind', content: ({ kind }) => kind },
  { head: 'Rated', kind: 'number', content: ({ rated }) => count(rated) },
  { head: 'Calls right', kind: 'number', content: ({ right }) => percent(right) },
  { head: 'Order', kind: 'number', content: ({ orderGap }) => (orderGap === null ? '–' : shown(orderGap, two)) },
  { head: 'Right called right (model)', kind: 'number', content: ({ sensitivity }) => percent(sensitivity) },
  { head: 'Wrong called wrong (model)', kind: 'number', content: ({ specificity }) => percent(specificity) },
];

const amongThem: Column<Raters['together'][number]>[] = [
  { head: 'Among', content: ({ who }) => (who === 'people' ? 'people' : 'all raters') },
  { head: 'Raters', kind: 'number', content: ({ raters: n }) => count(n) },
  { head: 'Answers rated twice or more', kind: 'number', content: ({ answers }) => count(answers) },
  { head: 'Fleiss’ kappa', kind: 'number', content: ({ fleiss }) => shown(fleiss, two) },
  { head: 'Krippendorff’s alpha', kind: 'number', content: ({ alpha }) => shown(alpha, two) },
];
