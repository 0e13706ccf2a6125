import { type Column, folded, section, table } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { breakable, type Html, html } from '../markup.js';
import { count, fixed, NONE, plural, shortened } from '../numbers.js';
import type { ReportData, Suspects } from '../results.js';
import { suspectNotes } from '../suspect-notes.js';
import { capital } from '../words.js';
import { gradedTwice } from './graded-twice.js';

type Leak = Suspects['leaks'][number];

/** Labels and rows that deserve a second look, by id; nothing was dropped or changed. */
export function suspects(data: ReportData): Html | null {
  const { suspects: found } = data;
  if (found === undefined) return null;
  const notes = suspectNotes(found);
  return section('suspects', 'Labels under suspicion', [
    html`<p>${verdict(found)}</p>`,
    notes.length > 0 && html`<ul class="warnings">${notes.map((note) => html`<li>${note}</li>`)}</ul>`,
    found.leaks.length > 0 && table('Signals that alone give the label away', leakColumns, found.leaks),
    table('What was looked for', findingColumns, findings(found)),
    html`<p class="note">Sure: the out-of-fold probability of a class reaches its mean over the answers labelled so (confident learning). Near questions: word shingles with a Jaccard likeness of .8 or more, shared templates not counted, the same numbers and names, and like contexts. Nothing was dropped or changed.</p>`,
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
  const sure = `Of ${plural(denied.rows, 'label')} trained on, ${count(contradicted)} contradict${contradicted === 1 ? 's' : ''} a predictor that is sure of the opposite; were all labels and probabilities true, there would be about ${count(denied.expected)}.`;
  const rest =
    conflicts.sets + near.sets === 0
      ? ` Among ${plural(answers, 'answer')}, none is labelled against its double, and no two groups ask nearly the same.`
      : '';
  return `${leak} ${sure}${rest}`;
}

const leakColumns: Column<Leak>[] = [
  { head: 'Signal', content: ({ signal }) => html`<code title="${signal}">${breakable(shortened(signal, 60))}</code>` },
  {
    head: 'What tells',
    content: ({ by, isCopy }) =>
      isCopy ? 'a copy of the label' : by === 'value' ? 'its value' : 'whether it is recorded',
  },
  { head: 'AUROC alone', kind: 'number', content: ({ auroc }) => fixed(auroc) },
  { head: 'Within model and task', kind: 'number', content: ({ aurocWithin }) => fixed(aurocWithin) },
  { head: 'Large means', content: ({ auroc }) => (auroc < 0.5 ? 'wrong' : 'right') },
];

interface Finding {
  what: string;
  found: string;
  says: string;
}

const findingColumns: Column<Finding>[] = [
  { head: 'Looked for', content: ({ what }) => what },
  { head: 'Found', kind: 'number', content: ({ found }) => found },
  { head: 'Which is', content: ({ says }) => says },
];

function findings({ duplicates, conflicts, near, denied }: Suspects): Finding[] {
  return [
    {
      what: 'Labelled wrong, surely right',
      found: count(denied.labelledWrong),
      says: `probability at or above ${fixed(denied.sureRight)}: the label, or the predictor, errs`,
    },
    {
      what: 'Labelled right, surely wrong',
      found: count(denied.labelledRight),
      says: `probability at or below ${fixed(denied.sureWrong === null ? null : 1 - denied.sureWrong)}`,
    },
    {
      what: 'Same answer, other label',
      found: count(conflicts.rows),
      says:
        conflicts.sets === 0
          ? NONE
          : `${plural(conflicts.sets, 'set')}; ${plural(conflicts.wrongAtLeast, 'label')} wrong at least`,
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
      what: 'Groups that ask nearly the same',
      found: count(near.groups),
      says:
        near.sets === 0
          ? NONE
          : `${plural(near.sets, 'set')}; ${count(near.straddling)} judged with their double trained on`,
    },
  ];
}

function examples({ denied, conflicts, near, duplicates }: Suspects): (Html | false)[] {
  return [
    denied.examples.length > 0 &&
      folded(
        `Labels denied most surely: ${count(denied.examples.length)}`,
        table(
          'Labels that the predictor denies, the surest first',
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
        'Answers labelled against their double',
        table(
          'The same answer to the same question, labelled differently',
          [
            { head: 'Labelled right', content: (set) => names(set.filter(({ label }) => label === 1)) },
            { head: 'Labelled wrong', content: (set) => names(set.filter(({ label }) => label === 0)) },
          ],
          conflicts.examples,
        ),
      ),
    near.pairs.length > 0 &&
      folded(
        'Questions nearly the same',
        table(
          'Pairs of groups that ask nearly the same, an answer of each',
          [
            { head: 'Answer', content: ({ a }) => name(a) },
            { head: 'Its double', content: ({ b }) => name(b) },
            { head: 'Likeness', kind: 'number', content: ({ likeness }) => fixed(likeness, 2) },
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
