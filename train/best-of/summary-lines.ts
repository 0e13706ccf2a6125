import type { Estimate } from '../../metrics/interval/interval.js';
import { cappedWords } from '../../report/capped-words.js';
import { chosenPercent, count, cutoff, fixed, NONE, percent, points, valued } from '../../report/numbers.js';
import { plural } from '../../support/words/plural.js';
import { table } from '../prepare/summary.js';
import { numbersWords } from './askings/covered-numbers.js';
import type { ChoiceClaim, ChoiceSummary, PolicyQuality } from './results.js';

/** A comparison as text. */
export function summaryLines(summary: ChoiceSummary): string[] {
  const { askings, questions, candidates, by, fewer, notGraded, seen, counted, estimated, policies, frozen } = summary;
  const { fitQuestions, certifyQuestions, claim } = summary;
  const said = [
    `${plural(askings, 'prompt')} of ${plural(questions, 'question')} with ${plural(candidates, 'answer')}, graded by ${by}`,
    seen > 0 && `${plural(seen, 'question')} left out: the bundle was trained on them`,
    fewer > 0 && `${plural(fewer, 'prompt')} left out: too few answers`,
    notGraded > 0 && `${plural(notGraded, 'prompt')} not measured: not every answer is graded`,
    counted === 'all'
      ? 'tokens: those that the model read and wrote, per question'
      : 'tokens: those of the answers, per question; tokens of prompts were not recorded',
    estimated > 0 && `${plural(estimated, 'answer')} without recorded tokens: estimated from their length`,
  ];
  return [
    ...said.filter((line) => line !== false),
    '',
    `all methods, each probability from other questions (95% intervals by question):`,
    table([HEAD, ...policies.map(cells)]),
    '',
    `chosen on ${plural(fitQuestions, 'question')}: ${nameOf(frozen)}. On the ${plural(certifyQuestions, 'other question')}:`,
    table([HEAD, cells(frozen)]),
    promise(claim),
  ];
}

const HEAD = [
  ...['method', 'right', 'gain over the first answer', 'log-loss', 'ECE, debiased', 'tokens'],
  ...['gain per 1,000 tokens', 'tokens per further right answer', 'log-loss of all hypotheses'],
];

function cells(quality: PolicyQuality): string[] {
  const { accuracy, gain, logLoss, eceDebiased, tokens, gainPerThousand, tokensPerRight, joint } = quality;
  return [
    nameOf(quality),
    percent(accuracy.value),
    quality.method === 'first' ? NONE : valued(gain, points),
    fixed(logLoss.value, 4),
    fixed(eceDebiased.value, 3),
    count(Math.round(tokens)),
    gainPerThousand === null ? NONE : valued(gainPerThousand, points),
    tokensPerRight === null ? NONE : perRight(tokensPerRight),
    fixed(joint.logLoss.value, 4),
  ];
}

function nameOf({ method, of }: PolicyQuality): string {
  if (method === 'first') return 'first answer';
  return method === 'revision' ? `revision, at most ${of} attempts` : `${method} of ${of}`;
}

/** No end: the interval of the gain reaches 0, so no number of tokens is enough for sure. */
function perRight({ value, low, high }: Estimate): string {
  const whole = (x: number) => count(Math.round(x));
  if (low === null) return 'no gain';
  return `${value === null ? NONE : whole(value)} (${whole(low)} to ${high === null ? '∞' : whole(high)})`;
}

function promise({
  targetError,
  confidence,
  threshold,
  coverage,
  accepted,
  acceptedGroups,
  error,
  advice,
  answers,
  ...limit
}: ChoiceClaim) {
  if (threshold === null) return advice ?? 'nothing could be certified';
  const said =
    `certified, for prompts with ${numbersWords(answers)}: of the chosen answers with a probability of at least ${cutoff(threshold)}, at most ` +
    `${chosenPercent(targetError)} are wrong, with ${chosenPercent(confidence)} confidence. It accepts ` +
    `${percent(coverage)}: ${plural(accepted, 'answer')} to ${plural(acceptedGroups, 'question')}, ` +
    `${percent(error)} of them wrong`;
  return [said, ...cappedWords(limit)].join('. ');
}
