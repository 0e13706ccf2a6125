import { sayAgreement } from '../../data/label/agreement.js';
import { type Column, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, fixed, interval, type Maybe, percent, points, shortened } from '../numbers.js';
import type { Estimate, Suspects } from '../results.js';

type GradedTwice = NonNullable<Suspects['gradedTwice']>;
type ThreeWays = GradedTwice['accuracy'][number];

/** What the answers that people checked say of the automatic grader, of accuracy and of calibration. */
export function gradedTwice({ agreement, accuracy, gap, bins }: GradedTwice, judged: string): Html {
  return html`<h3 class="after">Checked by people, graded by machine</h3><p>The automatic grader: ${sayAgreement(agreement)}. The rest has its grade alone. Both together (prediction-powered inference) put the machine’s many grades right by the people’s few.</p>${table(
    'Share right by people, by the automatic grader, by both: 95% intervals drawn by question',
    threeColumns('Answers', ({ name: what }) => shortened(what), percent),
    accuracy,
  )}${
    gap !== null &&
    table(
      `Said less right, on ${judged}`,
      threeColumns('Mean', ({ name: what }) => what, points),
      [gap],
    )
  }${
    bins.length > 0 &&
    table(
      `Share right by probability, on ${judged}`,
      threeColumns<GradedTwice['bins'][number]>('Said', ({ predicted }) => percent(predicted), percent),
      bins,
    )
  }<p class="note">The intervals of both and of people hold where the checked answers are a random part of all; that of the automatic grader takes its errors for truth.</p>`;
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
