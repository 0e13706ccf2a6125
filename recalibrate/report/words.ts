import { measureWords } from '../../report/evaluation/compared.js';
import type { ComparedMeasure } from '../../report/evaluation/results.js';
import { fixed, interval } from '../../report/numbers.js';
import { claimSentence } from '../../report/promise.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { CHANGES, type ChangeMade } from '../change.js';
import type { LabelUse } from '../parts.js';
import type { RecalibrationReport } from './results.js';

/** The measures that a report of a recalibration shows, in this order. */
const SHOWN = ['logLoss', 'brier', 'eceDebiased', 'smoothEce', 'aurocWithin', 'coverage', 'acceptedError'];

/** What each change does. */
export const changeNames: Record<ChangeMade, string> = {
  none: 'nothing',
  threshold: 'threshold: the promises are certified again, and no probability changes',
  calibrator: 'calibrator: the level and slope of the logit, and the calibrator',
  adapt: 'adapt: also weights on the inputs, and signals of the new answers',
  whole: 'whole predictor: trained anew on old and new answers',
};

const useWords: Record<LabelUse, string> = {
  drawn: 'Only drawn labels were used.',
  mixed: 'Feedback fits the change; drawn labels check and certify it.',
  feedback: 'Only feedback was there.',
};

/** The outcome in one sentence. */
export function headline({ chosen, ships, shipping }: RecalibrationReport): string {
  if (chosen === 'none') return 'No change: nothing has to be repaired';
  return ships ? `A new version may ship: ${chosen}` : `No new version ships: ${shipping}`;
}

/** Which labels were there, and what they did. */
export function labelSentences({ labels, parts, certify }: RecalibrationReport): string[] {
  const { drawn, feedback, use, unused, unlabelled, seen, effective, largest } = labels;
  return [
    `${plural(drawn, 'label')} drawn by chance, ${thousands(feedback)} from feedback. ${useWords[use]}`,
    ...partsSentence({ parts, certify }),
    `The weights count like ${thousands(Math.round(effective))} equal answers in the fit; the heaviest answer counts ` +
      `${fixed(largest, 1)} times the mean.`,
    ...(unused > 0 ? [`${plural(unused, 'labelled answer was', 'labelled answers were')} not used.`] : []),
    ...(unlabelled > 0 ? [`${plural(unlabelled, 'answer has', 'answers have')} no label.`] : []),
    ...(seen > 0
      ? [
          `${plural(seen, 'answer was', 'answers were')} left out: the version in service was trained on ` +
            `${seen === 1 ? 'its question' : 'their questions'}.`,
        ]
      : []),
  ];
}

function partsSentence({ parts: { fit, held }, certify }: Pick<RecalibrationReport, 'parts' | 'certify'>): string[] {
  const of = ({ questions, answers }: typeof fit) => `${plural(questions, 'question')} (${plural(answers, 'answer')})`;
  if (certify.how === 'split') return [`${of(fit)} choose and fit; ${of(held)} check and certify.`];
  return certify.chosen.length === 0
    ? [`All ${of(fit)} choose; nothing is changed, so there is nothing to check.`]
    : [
        `All ${of(fit)} choose and fit, and check and certify: each is judged by one of ${certify.folds} predictors that ` +
          'were made without it.',
      ];
}

/** Which questions compare the new version with the one in service, as a clause after "questions". */
export function judgedClause({ certify }: RecalibrationReport): string {
  if (certify.how === 'split') return ' that neither chose nor fitted anything';
  if (certify.chosen.length === 0) return '; nothing is changed';
  return (
    `, each judged by one of ${certify.folds} predictors that were chosen and fitted without its question; an answer ` +
    'counts as accepted if that predictor reaches the threshold that ships'
  );
}

/** What the folds chose; null without folds, or if nothing was made in them. */
export function foldsSentence({ certify }: RecalibrationReport): string | null {
  if (certify.how === 'split' || certify.chosen.length === 0) return null;
  const times = CHANGES.map((change) => [change, certify.chosen.filter((each) => each === change).length] as const);
  const said = times.filter(([, n]) => n > 0).map(([change, n]) => `${change} in ${n}`);
  return `Chosen again without each of the ${certify.folds} folds: ${said.join(', ')}.`;
}

/** The head of what was compared. */
export function comparedHead({ certify, labels }: RecalibrationReport): string {
  const weights = labels.isWeighted ? ', weighted: a labelled answer counts as many answers as it stands for' : '';
  return certify.how === 'split' || certify.chosen.length === 0
    ? `On the held-out questions${weights}:`
    : `On all questions, each judged by a predictor that had not seen it${weights}:`;
}

/** What the new version promises, one sentence per claim. */
export function promiseSentences({ chosen, thresholds, labels }: RecalibrationReport): string[] {
  if (chosen === 'none') return ['The promises stay as they are.'];
  if (thresholds.every(({ threshold }) => threshold === null)) {
    const advice = [...new Set(thresholds.flatMap((claim) => claim.advice ?? []))];
    return ['Nothing is certified, so the new version decides nothing.', ...advice];
  }
  const ofWhich = labels.isWeighted ? 'of those that have a label (unweighted)' : 'of them';
  return thresholds.map((claim) => claimSentence(claim, ofWhich));
}

/** The measures to show. */
export function shownMeasures({ measures }: RecalibrationReport): ComparedMeasure[] {
  return SHOWN.flatMap((name) => measures.find((each) => each.name === name) ?? []);
}

/** The rows of a table on the console: changes that were compared. */
export function candidateRows({ candidates, chosen }: RecalibrationReport): string[][] {
  const rows = candidates.map((each) => [
    `${each.change === chosen ? '*' : ' '} ${each.change}`,
    fixed(each.logLoss, 4),
    fixed(each.difference, 4),
    fixed(each.standardError, 4),
  ]);
  return [['  change', 'log-loss', 'minus best', 'standard error'], ...rows];
}

/** The rows of a table on the console: the new version and the one in service. */
export function measureRows(report: RecalibrationReport): string[][] {
  const rows = shownMeasures(report).map(({ name, ours, theirs, difference, winner }) => {
    const { label, show, difference: signed } = measureWords(name);
    const span = interval(difference, signed);
    const said = span === '' ? '' : winner === 'ours' ? 'better' : winner === 'theirs' ? 'worse' : 'within chance';
    return [label, show(theirs.value), show(ours.value), signed(difference.value), span, said];
  });
  return [['', 'in service', 'new', 'difference', '95% interval', ''], ...rows];
}
