import { sayAgreement } from '../../data/label/agreement.js';
import { type Column, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, fixed, interval, type Maybe, percent, points, shortened } from '../numbers.js';
import type { Estimate, Suspects } from '../results.js';

type GradedTwice = NonNullable<Suspects['gradedTwice']>;
type ThreeWays = GradedTwice['accuracy'][number];

/** What the answers that people checked say about the automatic grader, about accuracy and about calibration. */
export function gradedTwice({ agreement, accuracy, gap, bins }: GradedTwice, judged: string): Html {
  return html`<h3 class="after">Labels by people and by an automatic grader</h3>
<p>The automatic grader: ${sayAgreement(agreement)}. All other answers have only its grade. “Both” combines the two
(prediction-powered inference): the few labels by people correct the many automatic ones.</p>${table(
    'Share of right answers by both graders, by people, by the automatic grader; 95% intervals (bootstrap over ' +
      'questions)',
    threeColumns('Answers', ({ name: what }) => shortened(what), percent),
    accuracy,
  )}${
    gap !== null &&
    table(
      `Mean predicted probability minus share of right answers, on ${judged}`,
      threeColumns('Mean', ({ name: what }) => what, points),
      [gap],
    )
  }${
    bins.length > 0 &&
    table(
      `Share of right answers by predicted probability, on ${judged}`,
      threeColumns<GradedTwice['bins'][number]>('Predicted', ({ predicted }) => percent(predicted), percent),
      bins,
    )
  }<p class="note">The intervals of “Both” and “People” are valid if the checked answers are a random sample of all answers.
The interval of “Automatic” assumes that all automatic grades are correct.</p>`;
}

function threeColumns<Row extends ThreeWays>(
  head: string,
  title: (row: Row) => string,
  show: (x: Maybe) => string,
): Column<Row>[] {
  const shown = (estimate: Estimate) => html`${show(estimate.value)}<small>${interval(estimate, show)}</small>`;
  return [
    { head, content: title },
    { head: 'Both', kind: 'number', content: ({ both }) => shown(both) },
    { head: 'People', kind: 'number', content: ({ human }) => shown(human) },
    { head: 'Automatic', kind: 'number', content: ({ automatic }) => shown(automatic) },
    { head: 'Checked', kind: 'number', content: ({ checked }) => count(checked) },
    { head: 'Automatic only', kind: 'number', content: ({ unchecked }) => count(unchecked) },
    { head: 'Trust in the grader', kind: 'number', content: ({ lambda }) => fixed(lambda, 2) },
  ];
}
