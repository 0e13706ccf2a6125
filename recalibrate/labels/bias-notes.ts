import { append } from '../../support/append.js';
import { plural } from '../../support/words/plural.js';
import { clusteredMean } from '../../train/choose/select.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { LabelUse } from '../parts.js';
import type { RecalibrateRules } from '../rules.js';
import type { LabelSources } from './kinds.js';
import type { Weighed } from './weighed.js';

/** Standard errors from which a difference counts as more than chance. */
const CLEAR = 1.96;

interface Labels {
  labelled: Weighed;
  use: LabelUse;
  sources: LabelSources;
  rules: RecalibrateRules;
}

/** What weights cannot repair about these labels, as sentences. */
export function biasNotes({ labelled: { data, isDrawn }, use, sources, rules }: Labels): string[] {
  const rowsWhere = (drawn: boolean) => Int32Array.from(data.y.keys()).filter((row) => isDrawn[row] === drawn);
  const [feedback, drawn] = [rowsWhere(false), rowsWhere(true)];
  const notes: string[] = [];
  if (use === 'drawn' && feedback.length > 0) {
    notes.push(
      `${plural(feedback.length, 'answer has', 'answers have')} feedback that was not drawn. It was not used: there ` +
        'are enough drawn labels, and they are not biased.',
    );
  }
  if (sources.missing > 0) {
    notes.push(
      `${plural(sources.missing, 'drawn answer has', 'drawn answers have')} no label. If people left out the hard ones, ` +
        'the result is too good, and so is what is certified: label them too.',
    );
  }
  if (use !== 'drawn') {
    notes.push(
      sources.chances === null
        ? 'Feedback fits the change, and no answer without a label was given, so the chances of feedback could not ' +
            'be estimated: all answers with feedback count the same.'
        : 'Feedback fits the change. Its chances were estimated from probability, decision, model and task. If users ' +
            'report wrong answers more often than right ones, weights cannot repair it: use drawn labels ' +
            '(vouch monitor --queue).',
    );
  }
  if (use === 'feedback') {
    notes.push('Only drawn labels certify. There are too few of them here, so nothing is certified.');
  }
  if (sources.clipped > 0 && use !== 'drawn') {
    notes.push(
      `${plural(sources.clipped, 'label')} had an estimated chance below ${rules.leastChance} and count as that: ` +
        'kinds of answers that hardly get feedback count too little.',
    );
  }
  if (feedback.length > 0 && drawn.length > 0) append(notes, differenceNote(data, feedback, drawn));
  return notes;
}

/** A note if feedback and drawn labels do not agree on the share of right answers, after all weights. */
function differenceNote(data: TrainingData, feedback: Int32Array, drawn: Int32Array): string[] {
  const of = (rows: Int32Array) =>
    clusteredMean(
      data,
      rows,
      Float64Array.from(rows, (row) => data.y[row]),
    );
  const [said, seen] = [of(feedback), of(drawn)];
  if (Math.abs(said.mean - seen.mean) <= CLEAR * Math.hypot(said.error, seen.error)) return [];
  const percent = (share: number) => `${(100 * share).toFixed(0)}%`;
  return [
    `Feedback depends on whether the answer was right: after all weights it says ${percent(said.mean)} right, drawn ` +
      `labels say ${percent(seen.mean)}. Feedback alone would mislead here.`,
  ];
}
