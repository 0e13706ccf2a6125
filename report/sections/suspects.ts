import { plural } from '../../support/words/plural.js';
import { type Column, folded, section, table } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { breakable, type Html, html } from '../markup.js';
import { count, fixed, NONE, shortened } from '../numbers.js';
import type { ReportData, Suspects } from '../results.js';
import { suspectNotes } from '../suspect-notes.js';
import { capital } from '../words.js';
import { gradedTwice } from './graded-twice.js';

type Leak = Suspects['leaks'][number];

/** Labels and rows that deserve a second look, by id. Nothing was dropped or changed. */
export function suspects(data: ReportData): Html | null {
  const { suspects: found } = data;
  if (found === undefined) return null;
  const notes = suspectNotes(found);
  return section('suspects', 'Labels and answers to check', [
    html`<p>${verdict(found)}</p>`,
    notes.length > 0 && html`<ul class="warnings">${notes.map((note) => html`<li>${note}</li>`)}</ul>`,
    found.leaks.length > 0 && table('Signals that alone give the label away', leakColumns, found.leaks),
    table('What was searched for', findingColumns, findings(found)),
    html`<p class="note">The predictor is “confident” of a label if its out-of-fold probability for that label is at
least
the mean over all answers with that label (confident learning). Two questions are “nearly the same” if their word
shingles
have a Jaccard similarity of at least 0.8 (shared templates do not count), they contain the same numbers and names, and
their
contexts are similar. Nothing was dropped or changed.</p>`,
    ...examples(found),
    found.gradedTwice !== null && gradedTwice(found.gradedTwice, judgedOn(data)),
  ]);
}

function verdict({ answers, leaks, denied, conflicts, near }: Suspects): string {
  const contradicted = denied.labelledRight + denied.labelledWrong;
  const leak =
    leaks.length === 0
      ? 'No signal alone gives the label away.'
      : `${capital(plural(leaks.length, 'signal'))} alone ${leaks.length === 1 ? 'gives' : 'give'} the label away.`;
  const confident =
    `For ${count(contradicted)} of ${plural(denied.rows, 'training label')}, the predictor is confident of the ` +
    'opposite. ' +
    `If all labels and probabilities were correct, there would be about ${count(denied.expected)}.`;
  const rest =
    conflicts.sets + near.sets === 0
      ? ` Among ${plural(answers, 'answer')}, no two equal answers have different labels, and no two questions are ` +
        'nearly ' +
        'the same.'
      : '';
  return `${leak} ${confident}${rest}`;
}

const leakColumns: Column<Leak>[] = [
  { head: 'Signal', content: ({ signal }) => html`<code title="${signal}">${breakable(shortened(signal, 60))}</code>` },
  {
    head: 'What gives it away',
    content: ({ by, isCopy }) =>
      isCopy ? 'a copy of the label' : by === 'value' ? 'its value' : 'whether it is recorded',
  },
  { head: 'AUROC alone', kind: 'number', content: ({ auroc }) => fixed(auroc) },
  { head: 'Within model and task', kind: 'number', content: ({ aurocWithin }) => fixed(aurocWithin) },
  { head: 'Larger values mean', content: ({ auroc }) => (auroc < 0.5 ? 'wrong' : 'right') },
];

interface Finding {
  what: string;
  found: string;
  says: string;
}

const findingColumns: Column<Finding>[] = [
  { head: 'Searched for', content: ({ what }) => what },
  { head: 'Found', kind: 'number', content: ({ found }) => found },
  { head: 'Details', content: ({ says }) => says },
];

function findings({ duplicates, conflicts, near, denied }: Suspects): Finding[] {
  return [
    {
      what: 'Labelled wrong, predictor confident of right',
      found: count(denied.labelledWrong),
      says: `probability of at least ${fixed(denied.sureRight)}: the label or the predictor is wrong`,
    },
    {
      what: 'Labelled right, predictor confident of wrong',
      found: count(denied.labelledRight),
      says: `probability of at most ${fixed(denied.sureWrong === null ? null : 1 - denied.sureWrong)}`,
    },
    {
      what: 'Same answer, different label',
      found: count(conflicts.rows),
      says:
        conflicts.sets === 0
          ? NONE
          : `${plural(conflicts.sets, 'set')}; at least ${plural(conflicts.wrongAtLeast, 'label')} wrong`,
    },
    {
      what: 'Repeated answers',
      found: count(duplicates.rows),
      says:
        duplicates.sets === 0
          ? NONE
          : `${plural(duplicates.sets, 'set')}; ${count(duplicates.acrossGroups)} in another group`,
    },
    {
      what: 'Questions that are nearly the same',
      found: count(near.groups),
      says:
        near.sets === 0
          ? NONE
          : `${plural(near.sets, 'set')}; ${count(near.straddling)} tested with a near copy in the training data`,
    },
  ];
}

function examples({ denied, conflicts, near, duplicates }: Suspects): (Html | false)[] {
  return [
    denied.examples.length > 0 &&
      folded(
        `Labels that the predictor contradicts: ${count(denied.examples.length)}`,
        table(
          'Labels that the predictor contradicts, the most confident first',
          [
            { head: 'Answer', content: ({ id }) => name(id) },
            { head: 'Label', content: ({ label }) => (label === 1 ? 'right' : 'wrong') },
            { head: 'Probability of right', kind: 'number', content: ({ probability }) => fixed(probability) },
          ],
          denied.examples,
        ),
      ),
    conflicts.examples.length > 0 &&
      folded(
        'Equal answers with different labels',
        table(
          'The same answer to the same question, with different labels',
          [
            { head: 'Labelled right', content: (set) => names(set.filter(({ label }) => label === 1)) },
            { head: 'Labelled wrong', content: (set) => names(set.filter(({ label }) => label === 0)) },
          ],
          conflicts.examples,
        ),
      ),
    near.pairs.length > 0 &&
      folded(
        'Questions that are nearly the same',
        table(
          'Pairs of questions that are nearly the same, with one answer each',
          [
            { head: 'Answer', content: ({ a }) => name(a) },
            { head: 'Answer to the near copy', content: ({ b }) => name(b) },
            { head: 'Similarity', kind: 'number', content: ({ likeness }) => fixed(likeness, 2) },
          ],
          near.pairs,
        ),
      ),
    duplicates.examples.length > 0 &&
      folded(
        'Repeated answers',
        table(
          'Answers repeated word for word',
          [
            { head: 'First', content: ([first]) => name(first) },
            { head: 'Repeated as', content: ([, ...rest]) => names(rest.map((id) => ({ id }))) },
          ],
          duplicates.examples,
        ),
      ),
  ];
}

function name(id: string): Html {
  return html`<code title="${id}">${shortened(id, 60)}</code>`;
}

function names(rows: { id: string }[]): Html {
  return html`${rows.map(({ id }, i) => html`${i > 0 && ', '}${name(id)}`)}`;
}
