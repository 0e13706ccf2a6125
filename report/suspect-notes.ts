import { percent } from './numbers.js';
import { LEAK, type Leak, type Suspects } from './suspects.js';

/** The alarm for leaks in sentences, one for each kind of signal; empty where nothing leaks. */
export function leakNotes(leaks: Leak[]): string[] {
  return (['text', 'feature', 'verifier'] as const).flatMap((kind) => {
    const own = leaks.filter((leak) => leak.kind === kind);
    return own.length === 0 ? [] : [`${told(own)} ${advice[kind]}`];
  });
}

/** What else in the data deserves a second look, in sentences. */
export function suspectNotes({ duplicates, conflicts, near, gradedTwice }: Suspects): string[] {
  const notes: string[] = [];
  if (duplicates.rows > 0) {
    const across =
      duplicates.acrossGroups > 0 ? `, ${duplicates.acrossGroups} of them in another group than the first` : '';
    notes.push(
      `${answers(duplicates.rows)} repeat${duplicates.rows === 1 ? 's' : ''} another one of the same model to the same question word for word${across}.`,
    );
  }
  if (conflicts.sets > 0) {
    notes.push(
      `${conflicts.rows} answers say the same as another to the same question but are labelled differently: at least ${conflicts.wrongAtLeast} of these labels ${conflicts.wrongAtLeast === 1 ? 'is' : 'are'} wrong.`,
    );
  }
  if (near.groups > 0) {
    const seen =
      near.straddling > 0
        ? ` ${near.straddling} groups of the certify part have their double in the fit part, so quality and promises are flattered.`
        : '';
    notes.push(
      `${near.groups} groups ask nearly the same as another group (${near.sets} ${near.sets === 1 ? 'set' : 'sets'}).${seen} Give such questions one group (field group, or --group-by).`,
    );
  }
  if (gradedTwice !== null) {
    const { both, automatic } = gradedTwice.accuracy[0];
    notes.push(
      `By the checks of people and the automatic grades together ${percent(both.value)} of all answers are right (95%: ${percent(both.low)} to ${percent(both.high)}); the automatic grades alone say ${percent(automatic.value)}.`,
    );
  }
  if (gradedTwice?.isSelective) {
    notes.push(
      `The answers that people checked do not look like a random part of all (the automatic grader calls ${percent(gradedTwice.automaticChecked)} of them right, ${percent(gradedTwice.automaticUnchecked)} of the rest): estimates from both graders may be off.`,
    );
  }
  return notes;
}

/** The leading signals with their areas. */
function told(leaks: Leak[]): string {
  const [first, ...rest] = leaks;
  const others = [...new Set(rest.map(({ signal }) => signal))].filter((signal) => signal !== first.signal);
  const more =
    others.length === 0
      ? ''
      : ` (so ${others.length === 1 ? 'does' : 'do'} ${others.slice(0, 3).join(', ')}${others.length > 3 ? ` and ${others.length - 3} more` : ''})`;
  if (first.isCopy) return `${subject(first)} is a copy of the label${more}.`;
  const isInside = first.auroc <= LEAK && first.auroc >= 1 - LEAK;
  const area = (isInside ? first.aurocWithin : first.auroc) as number;
  const points = first.by === 'recorded' ? '' : area < 0.5 ? ', larger meaning wrong' : ', larger meaning right';
  return `${subject(first)} alone tells right from wrong with AUROC ${Math.max(area, 1 - area).toFixed(3)}${isInside ? ' within model and task' : ''}${points}${more}.`;
}

function subject({ signal, by }: Leak): string {
  return by === 'value' ? signal : `Whether ${signal} is recorded`;
}

const advice = {
  text: 'The form of the texts betrays the label, most likely by how the set was made: a predictor trained on it judges form, and its figures will not hold on other answers.',
  feature:
    'A number of the user that good is usually made from the label, or known only after it: if it will not be there when answers are scored, leave it out.',
  verifier: 'If this verifier saw the reference or the grade, it is a leak; if it did not, it is a very good one.',
};

function answers(n: number): string {
  return `${n} answer${n === 1 ? '' : 's'}`;
}
