import type { Estimate } from '../../metrics/interval/interval.js';
import { count, fixed, interval, type Maybe, NONE, percent, points } from '../../report/numbers.js';
import type { ChoiceSummary, PolicyQuality } from '../../train/best-of/results.js';

const HEAD = [
  ...['method', 'right (95%)', 'gain over the first answer (95%)', 'log-loss', 'ECE, debiased', 'tokens'],
  ...['gain per 1,000 further tokens (95%)', 'tokens per further right answer', 'joint: log-loss', 'joint: ECE'],
];

/** A comparison as Markdown: every method, and the frozen one on the questions that certify. */
export function markdownOf(summary: ChoiceSummary): string {
  const { askings, questions, candidates, by, counted, policies, frozen, certifyQuestions, fitQuestions, claim } =
    summary;
  const tokens = counted === 'all' ? 'read and written' : 'written; those of prompts were not recorded';
  const promised =
    claim.threshold === null
      ? `nothing certified for ${percent(claim.targetError, 0)} errors`
      : `certified for at most ${percent(claim.targetError, 0)} errors: ${percent(claim.coverage)} accepted, ` +
        `${percent(claim.error)} of them wrong`;
  return [
    `${count(askings)} prompts of ${count(questions)} questions, ${count(candidates)} answers, graded by ${by}; tokens ${tokens}`,
    '',
    `| ${HEAD.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(HEAD.length - 1)}`,
    ...policies.map((row) => `| ${cells(row).join(' | ')} |`),
    '',
    `Frozen on ${count(fitQuestions)} questions: ${frozen.method} of ${frozen.of}. On the other ${count(certifyQuestions)}: ` +
      `right ${shown(frozen.accuracy, percent)}, gain ${shown(frozen.gain, points)}; ${promised}.`,
    '',
  ].join('\n');
}

function cells(row: PolicyQuality): string[] {
  const { method, of, accuracy, gain, logLoss, eceDebiased, tokens, gainPerThousand, tokensPerRight, joint } = row;
  const isFirst = method === 'first';
  return [
    isFirst ? 'first answer' : `${method} of ${of}`,
    shown(accuracy, percent),
    isFirst ? '' : shown(gain, points),
    fixed(logLoss.value, 4),
    fixed(eceDebiased.value, 3),
    count(Math.round(tokens)),
    gainPerThousand === null ? '' : shown(gainPerThousand, points),
    tokensPerRight === null ? '' : perRight(tokensPerRight),
    fixed(joint.logLoss.value, 4),
    fixed(joint.eceDebiased.value, 3),
  ];
}

function shown(estimate: Estimate, show: (x: Maybe) => string): string {
  return `${show(estimate.value)} (${interval(estimate, show)})`;
}

function perRight({ value, low, high }: Estimate): string {
  const whole = (x: number | null) => (x === null ? '∞' : count(Math.round(x)));
  if (low === null) return 'no gain';
  return `${value === null ? NONE : whole(value)} (${whole(low)} to ${whole(high)})`;
}
