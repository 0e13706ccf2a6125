import { addCount } from '../../support/counts.js';
import { VouchError } from '../../support/errors.js';
import type { Fields } from '../check-value.js';
import { openGrades } from '../join.js';
import { sourceKind, UNKNOWN } from '../label-sources.js';
import type { BadLine } from '../read/row.js';
import type { ReadSummary } from '../read/summary.js';
import type { Label } from '../record.js';

import type { Logged } from '../token-list.js';
import type { At } from './convention.js';
import { ownLabels } from './own-labels.js';
import type { LabelRules } from './rules.js';

import { nameCounts, noSuchScore, severalScores } from './score-names.js';
import { scoresApart } from './scores-apart.js';

/** Applies the user's label rules to the answers of one run. */
interface Labelling {
  /** Reads the labels of an unchecked answer by the rules, in place. Error: BAD_LABEL. */
  before(fields: Fields, at: At): void;
  /** Joins grades in place, selects the score, and counts the sources. Error: BAD_LABEL for several scores. */
  label(record: Logged, at: At): void;
  /**
   * Errors, even if bad lines were skipped: those of labels that cannot be read as a whole or selected from; those of
   * `Grades.finish`; NO_LABELS if no score has the requested name.
   */
  finish(maxRows: number): void;
  /** Rows of the grades file that could not be read. */
  bad: BadLine[];
}

interface LabellingOptions {
  labels?: string;
  on?: string;
  badLines?: 'stop' | 'skip';
  labelRules?: LabelRules;
}

/**
 * Sets up the labels of answers as the user's rules say. If a grades file is given, the rules apply to that file, else
 * to the labels in the answers. Errors: those of `openGrades`.
 */
export async function openLabelling(
  answers: readonly string[],
  { labels: file, on, badLines, labelRules: rules = {} }: LabellingOptions,
  summary: ReadSummary,
): Promise<Labelling> {
  const grades = file === undefined ? null : await openGrades(file, { on, badLines, rules, answers });
  const names = nameCounts();
  const own = ownLabels({ rules, hasGrades: grades !== null, names, summary });
  let refused: VouchError | undefined;

  const said = (label: Label): Label =>
    rules.source !== undefined && grades === null && sourceKind(label.source) === 'unknown'
      ? { ...label, source: rules.source }
      : label;

  return {
    bad: grades?.bad ?? [],
    before: own.read,
    label(record, at) {
      const joined = grades?.of(record, at) ?? [];
      const before = record.labels ?? [];
      if (before.length + joined.length === 0) return;
      const kept = joined.length === 0 ? before : keptBeside(before, joined);
      summary.replaced += before.length - kept.length;
      if (grades !== null && joined.length === 0) summary.ownKept++;
      if (joined.length > 0 && kept.some(isHuman) && !joined.some(isHuman)) summary.outranked++;
      const labels = [...kept, ...joined].map(said);
      const apart = labels.length > 1 && rules.several !== 'keep' ? scoresApart(labels) : null;
      if (apart !== null) {
        refused ??= severalScores(names, apart, at);
        throw refused;
      }
      record.labels = labels;
      for (const { source, name } of labels) {
        addCount(summary.sources, source ?? UNKNOWN);
        if (name != null) addCount(summary.scores, name);
      }
    },
    finish(maxRows) {
      if (refused !== undefined) throw refused;
      own.finish();
      grades?.finish(summary, maxRows);
      if (summary.records === 0 || summary.records >= maxRows) return;
      if (grades === null && rules.column !== undefined && !own.isColumnSeen) {
        throw new VouchError('BAD_LABEL', 'no answer has this field', {
          field: 'labelRules.column',
          expected: rules.column,
        });
      }
      if (rules.name !== undefined && !own.isSelected && !grades?.hasScore) throw noSuchScore(rules.name, names, file);
    },
  };
}

function isHuman({ source }: Label): boolean {
  return sourceKind(source) === 'human';
}

/**
 * The answer's own labels that are kept next to grades from the file: those of another rank (human labels take
 * precedence, and automatic ones are compared with them), and those with a known source if the grades have one too. The
 * grades replace the others.
 */
function keptBeside(own: readonly Label[], joined: readonly Label[]): Label[] {
  const ranks = new Set(joined.map(isHuman));
  const isKnown = joined.every(({ source }) => sourceKind(source) !== 'unknown');
  return own.filter(
    (label) => !ranks.has(isHuman(label)) || (isKnown && sourceKind(label.source) !== 'unknown' && label.name == null),
  );
}
