import { isOld, type Manifest, OLD_BUNDLE } from '../../models/bundle/manifest.js';
import { countsJson } from '../../support/counts.js';
import type { NoDecision } from '../decide.js';
import { type Drift, driftOf, driftSentences } from './drift.js';
import type { Scored } from './score-answers.js';
import { badCount, type Reasons, type Tally } from './tally.js';

/** Rows without a certified claim: why, for machines and in words, and what they hold. */
interface Uncovered {
  count: number;
  reasons: { why: NoDecision; says: string; held: string; count: number }[];
}

/** What `vouch score` says at the end; `--json` prints it as it is. */
interface ScoreSummary {
  out: string;
  rows: number;
  accepted: number;
  abstained: number;
  escalated: number;
  /** Rows without a decision. */
  undecided: Uncovered;
  /** Rows with a decision that no promise covers: by the cost table, or by a threshold of other models. */
  unpromised: Uncovered;
  meanProbability: number | null;
  /** What to know of the bundle and of the claims behind these decisions. */
  warnings: string[];
  drift: Drift;
  bad: { count: number; file: string | null; codes: Record<string, { count: number; first: string }> };
  unknownKeys: Record<string, number>;
  /** Rows without a probability, as there is no answer; parts of the input that are no answers and have no row. */
  unanswered: number;
  passed: number;
  /** Rows that an earlier run had scored. */
  resumedAfter: number;
  seconds: number;
  rowsPerSecond: number;
}

export function summaryOf(
  { tally, before }: Scored,
  manifest: Manifest,
  out: string,
  badFile: string | null,
  seconds: number,
): ScoreSummary {
  const { rows, accept, abstain, escalate, undecided, probabilitySum, bad, unknownKeys, unanswered, passed } = tally;
  const answered = rows - unanswered;
  const codes = Object.fromEntries([...bad].map(([code, of]) => [`VOUCH_${code}`, of]));
  return {
    out,
    rows,
    accepted: accept,
    abstained: abstain,
    escalated: escalate,
    undecided: uncovered(undecided),
    unpromised: uncovered(tally.unpromised),
    meanProbability: answered === 0 ? null : probabilitySum / answered,
    warnings: warningsOf(tally, manifest),
    drift: driftOf(tally, manifest),
    bad: { count: badCount(tally), file: badCount(tally) === 0 ? null : badFile, codes },
    unknownKeys: countsJson(unknownKeys),
    unanswered,
    passed,
    resumedAfter: before,
    seconds,
    rowsPerSecond: (rows - before) / seconds,
  };
}

function warningsOf({ hidden, accept }: Tally, manifest: Manifest): string[] {
  const weaker = `${hidden} of ${accept} accepted rows rest on a claim that was certified by hiding recorded signals (basis: hidden). It is weaker than one on answers that lacked them by nature: label some such answers and train on them.`;
  return [...(isOld(manifest) ? [OLD_BUNDLE] : []), ...(hidden > 0 ? [weaker] : [])];
}

function uncovered(counted: Reasons): Uncovered {
  const reasons = [...counted].flatMap(([why, counts]) =>
    [...counts].map(([held, count]) => ({ why, says: says[why], held, count })),
  );
  return { count: reasons.reduce((sum, { count }) => sum + count, 0), reasons };
}

const says: Record<NoDecision, string> = {
  'no answer': 'there is no answer: a tool call, a content filter, an error',
  'no probability': 'no probability could be computed',
  selected: 'they were reached because of an earlier score, and no policy is certified',
  'missing field': 'they lack a field that the answers trained on always had',
  'missing signal': 'they lack a signal that the answers trained on always had',
  'unseen task': 'their task was not among the answers trained on',
  'unseen model': 'their model was not among those trained on',
  shifted: 'they are too unlike the answers trained on',
  'unknown pattern': 'too few such answers in training to certify',
  'uncertified pattern': 'no threshold could be certified for such answers',
  'unknown slice': 'too few answers of their slice in training to certify',
  'uncertified slice': 'no threshold could be certified for their slice',
};

/** The summary as sentences, those that matter only. */
export function sentencesOf(summary: ScoreSummary): string[] {
  const { out, rows, accepted, abstained, escalated, undecided, meanProbability, bad, unknownKeys, resumedAfter } =
    summary;
  const { unanswered, passed } = summary;
  const share = (n: number) => (rows === 0 ? '' : ` (${((100 * n) / rows).toFixed(1)}%)`);
  const where = out === '-' ? '' : `: ${out}`;
  const resumed = resumedAfter > 0 ? `, ${resumedAfter} of them before` : '';
  const keys = Object.entries(unknownKeys).map(([key, n]) => `${key} (${n})`);
  const shown = keys.length > 12 ? [...keys.slice(0, 12), '…'] : keys;
  return [
    `${rows} rows scored${resumed} in ${summary.seconds.toFixed(1)} s (${summary.rowsPerSecond.toFixed(0)} rows/s)${where}`,
    `accepted ${accepted}${share(accepted)}, abstained ${abstained}${share(abstained)}${escalated > 0 ? `, escalated ${escalated}` : ''}` +
      `, no decision ${undecided.count}${share(undecided.count)}`,
    ...(unanswered > 0
      ? [`${unanswered} rows have no probability: they are no answers (tool calls, content filters, errors)`]
      : []),
    ...(passed > 0 ? [`${passed} parts of the input have no row: they are no answers`] : []),
    ...undecided.reasons.map(
      ({ held, count, says: reason }) => `no decision for ${count} rows with ${held}: ${reason}`,
    ),
    ...summary.unpromised.reasons.map(
      ({ held, count, says: reason }) => `no promise for ${count} rows with ${held}: ${reason}`,
    ),
    ...(meanProbability === null ? [] : [`mean probability ${meanProbability.toFixed(4)}`]),
    ...summary.warnings.map((text) => `WARNING: ${text}`),
    ...driftSentences(summary.drift),
    ...(bad.count === 0
      ? []
      : [`${bad.count} bad lines have no row${bad.file === null ? '' : `; they are in ${bad.file}`}:`]),
    ...Object.entries(bad.codes).map(([code, { count, first }]) => `  ${code}: ${count}, the first: ${first}`),
    ...(keys.length === 0 ? [] : [`keys that are no part of the record were let through: ${shown.join(', ')}`]),
  ];
}
