import { plural } from '../support/words/plural.js';
import { percent } from './numbers.js';
import { LEAK, type Leak, type Suspects } from './suspects.js';

/** The leak alarm in words, one text for each kind of signal; empty if nothing leaks. */
export function leakNotes(leaks: Leak[]): string[] {
  return (['text', 'feature', 'verifier'] as const).flatMap((kind) => {
    const own = leaks.filter((leak) => leak.kind === kind);
    return own.length === 0 ? [] : [`${leakWords(own)} ${advice[kind]}`];
  });
}

/** What else in the data deserves a second look, in sentences. */
export function suspectNotes({ duplicates, conflicts, near, gradedTwice }: Suspects): string[] {
  const notes: string[] = [];
  if (duplicates.rows > 0) {
    const across = duplicates.acrossGroups > 0 ? ` ${duplicates.acrossGroups} of them are in different groups.` : '';
    const repeats = duplicates.rows === 1 ? 'repeats' : 'repeat';
    notes.push(
      `${plural(duplicates.rows, 'answer')} ${repeats} another answer of the same model to the same question, ` +
        `word for word.${across}`,
    );
  }
  if (conflicts.sets > 0) {
    notes.push(
      `${plural(conflicts.rows, 'answer says', 'answers say')} the same as another answer to the same question ` +
        'but with a different label: ' +
        `at least ${conflicts.wrongAtLeast} of these labels ${conflicts.wrongAtLeast === 1 ? 'is' : 'are'} wrong.`,
    );
  }
  if (near.groups > 0) {
    const seen =
      near.straddling > 0
        ? ` For ${plural(near.straddling, 'question')} of the certify part, a near copy is in the fit part, ` +
          'so the measured quality is too high and the promises may not hold.'
        : '';
    notes.push(
      `${plural(near.groups, 'question is', 'questions are')} nearly the same as another question ` +
        `(${plural(near.sets, 'set')}).${seen} ` +
        'Put such questions into one group (field group, or --group-by).',
    );
  }
  if (gradedTwice !== null) {
    const { both, automatic } = gradedTwice.accuracy[0];
    notes.push(
      `Estimated from the checks by people and the automatic grades together, ${percent(both.value)} of all answers ` +
        'are ' +
        `right (95% interval: ${percent(both.low)} to ${percent(both.high)}). ` +
        `By the automatic grades alone it would be ${percent(automatic.value)}.`,
    );
  }
  if (gradedTwice?.isSelective) {
    notes.push(
      'The answers that people checked do not look like a random sample of all answers: the automatic grader calls ' +
        `${percent(gradedTwice.automaticChecked)} of them right, but ${percent(gradedTwice.automaticUnchecked)} of ` +
        'the ' +
        'others. So the estimates from both graders may be wrong.',
    );
  }
  return notes;
}

/** The signal that leaks most with its AUROC, and the names of the others. */
function leakWords(leaks: Leak[]): string {
  const [first, ...rest] = leaks;
  const others = [...new Set(rest.map(({ signal }) => signal))].filter((signal) => signal !== first.signal);
  const rest3 = others.length > 3 ? ` and ${others.length - 3} more` : '';
  const more = others.length === 0 ? '' : ` (the same holds for ${others.slice(0, 3).join(', ')}${rest3})`;
  if (first.isCopy) return `${subject(first)} is a copy of the label${more}.`;
  const isInside = first.auroc <= LEAK && first.auroc >= 1 - LEAK;
  const area = (isInside ? first.aurocWithin : first.auroc) as number;
  const meaning = first.by === 'recorded' ? '' : `; larger values mean ${area < 0.5 ? 'wrong' : 'right'}`;
  const auroc = Math.max(area, 1 - area).toFixed(3);
  const within = isInside ? ' within model and task' : '';
  return `${subject(first)} alone separates right from wrong answers with AUROC ${auroc}${within}${meaning}${more}.`;
}

function subject({ signal, by }: Leak): string {
  return by === 'value' ? signal : `Whether ${signal} is recorded`;
}

const advice = {
  text:
    'The form of the texts gives the label away, most likely because of how the data set was made. A predictor ' +
    'trained on it judges the form, and its figures will not hold for other answers.',
  feature:
    'A feature that predicts this well was usually computed from the label, or is known only after it. ' +
    'If it will not be available when answers are scored, leave it out.',
  verifier:
    'If this verifier saw the reference answer or the grade, this is a leak. If it did not, it is a very good ' +
    'verifier.',
};
