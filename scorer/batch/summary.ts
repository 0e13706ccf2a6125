import { isOld, type Manifest, OLD_BUNDLE } from '../../models/bundle/manifest.js';
import { countsJson } from '../../support/counts.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import type { NoDecision } from '../decide.js';
import { VERSION_DIGITS } from '../version-digits.js';
import { type Drift, driftOf, driftSentences } from './drift.js';
import { traceFileOf } from './out/trace-file.js';
import type { Scored } from './score-answers.js';
import { badCount, type Reasons, type Tally } from './tally.js';

/** Rows without a certified claim: the reasons, for machines and in words, and the pattern of the rows (`held`). */
interface Uncovered {
  count: number;
  reasons: { why: NoDecision; says: string; held: string; count: number }[];
}

/** What `vouch score` reports at the end. `--json` prints it unchanged. */
export interface ScoreSummary {
  out: string;
  /** SHA-256 of the bundle's manifest, and when the run began (ISO 8601, UTC); absent in older summaries. */
  bundle?: string;
  started?: string;
  rows: number;
  accepted: number;
  abstained: number;
  escalated: number;
  /** Rows without a decision. */
  undecided: Uncovered;
  /**
   * Rows with a decision that no promise covers: by the cost table, or by a threshold that was certified for other
   * models.
   */
  unpromised: Uncovered;
  meanProbability: number | null;
  /** Warnings about the bundle and about the claims that these decisions rest on. */
  warnings: string[];
  drift: Drift;
  bad: { count: number; file: string | null; codes: Record<string, { count: number; first: string }> };
  unknownKeys: Record<string, number>;
  /**
   * Rows without a probability, because there is no answer; `passed`: parts of the input that are not answers and have
   * no row.
   */
  unanswered: number;
  passed: number;
  /** Number of rows that an earlier run had scored. */
  resumedAfter: number;
  seconds: number;
  rowsPerSecond: number;
}

export function summaryOf(
  { tally, before, started }: Scored,
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
    ...(started === undefined ? {} : { started }),
  };
}

function warningsOf({ hidden, accept }: Tally, manifest: Manifest): string[] {
  const weaker =
    `${hidden} of ${accept} accepted rows rest on a claim that was certified by hiding recorded signals ` +
    '(basis: hidden). It is weaker than a claim from answers that really lack them: ' +
    'label some such answers and train on them.';
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
  selected: 'an earlier score led to them, and no such policy is certified',
  'missing field': 'they lack a field that the training answers always had',
  'missing signal': 'they lack a signal that the training answers always had',
  'unseen task': 'their task was not seen in training',
  'unseen model': 'their model was not seen in training',
  shifted: 'they are too unlike the training answers',
  'unknown pattern': 'training had too few such answers to certify',
  'uncertified pattern': 'no threshold could be certified for such answers',
  'unknown slice': 'training had too few answers of their slice to certify',
  'uncertified slice': 'no threshold could be certified for their slice',
  'uncertified policy': 'their policy is not certified, or not for such answers',
};

/** The summary in sentences. Sentences without content are left out. */
export function sentencesOf(summary: ScoreSummary): string[] {
  const { out, rows, accepted, abstained, escalated, undecided, meanProbability, bad, unknownKeys, resumedAfter } =
    summary;
  const { unanswered, passed } = summary;
  const share = (n: number) => (rows === 0 ? '' : ` (${((100 * n) / rows).toFixed(1)}%)`);
  const where = out === '-' ? '' : `: ${out}`;
  const resumed = resumedAfter > 0 ? `, ${thousands(resumedAfter)} of them by an earlier run,` : '';
  const keys = Object.entries(unknownKeys).map(([key, n]) => `${key} (${thousands(n)})`);
  const shown = keys.length > 12 ? [...keys.slice(0, 12), '…'] : keys;
  return [
    `${plural(rows, 'row')} scored${resumed} in ${summary.seconds.toFixed(1)} s ` +
      `(${thousands(summary.rowsPerSecond)} rows/s)${where}`,
    `accepted ${thousands(accepted)}${share(accepted)}, abstained ${thousands(abstained)}${share(abstained)}` +
      `${escalated > 0 ? `, escalated ${thousands(escalated)}` : ''}, no decision ${thousands(undecided.count)}${share(undecided.count)}`,
    ...traceSentence(summary),
    ...(unanswered > 0
      ? [`${plural(unanswered, 'row has', 'rows have')} no probability: no answer (tool call, content filter, error)`]
      : []),
    ...(passed > 0 ? [`${plural(passed, 'part')} of the input without a row: not an answer`] : []),
    ...undecided.reasons.map(
      ({ held, count, says: reason }) => `no decision for ${plural(count, 'row')} with ${held}: ${reason}`,
    ),
    ...summary.unpromised.reasons.map(
      ({ held, count, says: reason }) => `no promise for ${plural(count, 'row')} with ${held}: ${reason}`,
    ),
    ...(meanProbability === null ? [] : [`mean probability ${meanProbability.toFixed(4)}`]),
    ...summary.warnings.map((text) => `WARNING: ${text}`),
    ...driftSentences(summary.drift),
    ...(bad.count === 0
      ? []
      : [
          `${plural(bad.count, 'bad line has', 'bad lines have')} no row` +
            `${bad.file === null ? '' : `; see ${bad.file}`}:`,
        ]),
    ...Object.entries(bad.codes).map(
      ([code, { count, first }]) => `  ${code}: ${thousands(count)}, the first: ${first}`,
    ),
    ...(keys.length === 0 ? [] : [`keys that are not fields of the record were kept: ${shown.join(', ')}`]),
  ];
}

/** Which bundle scored, and when; where this is written down. */
function traceSentence({ bundle, started, out }: ScoreSummary): string[] {
  if (bundle === undefined || started === undefined) return [];
  const where = out === '-' ? '' : `; see ${traceFileOf(out)}`;
  return [`scored by the bundle ${bundle.slice(0, VERSION_DIGITS)}, run of ${started}${where}`];
}
