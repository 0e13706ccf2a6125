import { checkAnswer } from '../data/check-record.js';
import { isObject } from '../data/check-value.js';
import { isFromPlugin } from '../features/plugin/signals-of.js';
import type { GoldenRow } from '../models/bundle/golden.js';
import { limits } from '../models/bundle/limits.js';
import { isOld } from '../models/bundle/manifest.js';
import { VouchError } from '../support/errors.js';
import type { Scorer } from './scorer.js';

/** How far a probability may be from the one that the trainer wrote. */
const TOLERANCE = 1e-5;

/**
 * Scores the synthetic records of a bundle and compares the results with those from training. A scorer that reads
 * signals differently fails here, before it scores any answer. Decisions of bundles with an older format are not
 * compared, because such a bundle now makes none. Returns the records. Errors: BUNDLE_BAD.
 */
export async function checkGolden(scorer: Scorer, file: string, text: string): Promise<GoldenRow['record'][]> {
  const wrong = (what: string, got: unknown, expected: string) =>
    new VouchError('BUNDLE_BAD', what, { file, expected, got });
  let golden: GoldenRow[];
  try {
    golden = JSON.parse(text);
  } catch {
    throw wrong('the golden rows are not JSON', text.slice(0, 20), 'a list of rows');
  }
  if (!Array.isArray(golden)) throw wrong('the golden rows are not a list', golden, 'a list of rows');
  if (golden.length > limits.goldenRows)
    throw wrong('there are too many golden rows', golden.length, `at most ${limits.goldenRows}`);
  const rows = golden.every((row) => isObject(row) && isObject(row.record) && typeof row.probability === 'number');
  if (!rows)
    throw wrong('an entry of the golden rows is not a row', golden, 'a list of {record, probability, decision, why}');
  const records = golden.map(({ record }) => goldenAnswer(record, file));
  for (const [i, record] of records.entries()) {
    const { probability, decision, why } = await scorer.score(record);
    const expected = golden[i];
    if (!(Math.abs(probability - expected.probability) <= TOLERANCE)) {
      throw wrong(`golden row ${i} has another probability than at training`, probability, `${expected.probability}`);
    }
    if (!isOld(scorer.manifest) && (decision !== expected.decision || why !== expected.why)) {
      const said = (row: { decision: string | null; why: string | null }) => `${row.decision} (${row.why})`;
      throw wrong(`golden row ${i} has another decision than at training`, said({ decision, why }), said(expected));
    }
  }
  checkPluginSignals(scorer, { golden, records }, wrong);
  return records;
}

/**
 * Compares the signals of plug-ins with those from training. The hash of a module does not cover what it imports, so
 * the same module may give other values.
 */
function checkPluginSignals(
  scorer: Scorer,
  { golden, records }: { golden: readonly GoldenRow[]; records: GoldenRow['record'][] },
  wrong: (what: string, got: unknown, expected: string) => VouchError,
): void {
  const { numeric } = scorer.manifest.signals;
  if (!numeric.some(isFromPlugin)) return;
  const { features } = scorer.rows(records);
  golden.forEach((row, i) => {
    numeric.forEach((name, j) => {
      if (!isFromPlugin(name)) return;
      const got = features[i * numeric.length + j];
      const expected = row.features?.[j] ?? NaN;
      const isSame = Number.isNaN(expected)
        ? Number.isNaN(got)
        : Math.abs(got - expected) <= TOLERANCE * (1 + Math.abs(expected));
      if (!isSame) throw wrong(`golden row ${i} has another value of ${name} than at training`, got, `${expected}`);
    });
  });
}

/** The record of a golden row. Error: BUNDLE_BAD for any fault in it. */
function goldenAnswer(record: unknown, file: string): GoldenRow['record'] {
  try {
    return checkAnswer(record, file);
  } catch (error) {
    if (!(error instanceof VouchError)) throw error;
    const { field, expected, got } = error.detail;
    throw new VouchError('BUNDLE_BAD', 'a golden row has no answer', { file, field, expected, got });
  }
}
