import { VouchError } from '../../support/errors.js';
import { type Fields, isObject } from '../check-value.js';
import { openGrades } from '../join.js';
import { sourceKind, UNKNOWN } from '../label-sources.js';
import type { BadLine } from '../read/row.js';
import type { ReadSummary } from '../read/summary.js';
import type { Label } from '../record.js';
import type { Logged } from '../token-list.js';
import { type At, type Convention, newConvention } from './convention.js';
import { valueIn } from './grade-columns.js';
import { isReadByRule, type LabelRules } from './rules.js';
import { nameCounts, noSuchScore, severalScores } from './score-names.js';
import { NAMELESS, scoresApart } from './scores-apart.js';

/** What the user says of labels, at work on the answers of one run. */
export interface Labelling {
  /**
   * Reads the labels of an answer that is not checked yet, in place, as the rules say. Errors: BAD_LABEL, which ends the run
   * even where bad lines are skipped.
   */
  before(fields: Fields, at: At): void;
  /** Joins grades, in place; chooses among scores; says whose labels they are. Error: BAD_LABEL for several scores, which ends the run. */
  label(record: Logged, at: At): void;
  /** Errors: those that end the run; those of `Grades.finish`; NO_LABELS where no score has the name asked for. */
  finish(maxRows: number): void;
  /** Rows of the grades file that could not be read. */
  bad: BadLine[];
}

export interface LabellingOptions {
  labels?: string;
  on?: string;
  badLines?: 'stop' | 'skip';
  labelRules?: LabelRules;
}

/**
 * Labels of answers as the user means them. Where a grades file is given the rules are about that file; else about the labels of the
 * answers. Errors: those of `openGrades`.
 */
export async function openLabelling(
  answers: readonly string[],
  { labels: file, on, badLines, labelRules: rules = {} }: LabellingOptions,
  summary: ReadSummary,
): Promise<Labelling> {
  const grades = file === undefined ? null : await openGrades(file, { on, badLines, rules, answers });
  const own: LabelRules = grades === null ? rules : {};
  const isRead = isReadByRule(own);
  const conventions = new Map<string, Convention>();
  const names = nameCounts();
  let refused: VouchError | undefined;
  let isColumnSeen = false;
  let isSelected = false;

  const gradeOf = (field: string, value: unknown, at: At): number | null => {
    let convention = conventions.get(field);
    if (convention === undefined) conventions.set(field, (convention = newConvention(field, own)));
    return convention.of(value, at);
  };

  const ownLabels = (fields: Fields, at: At): void => {
    const { column } = own;
    if (column !== undefined) {
      const value = valueIn(fields, column) ?? fields[`_${column}`]; // so tables call a column that is named like a field
      if (value !== undefined) isColumnSeen = true;
      fields.label = gradeOf(column, value, at);
      fields.labels = undefined;
    } else if (isRead) {
      const value = fields.label ?? fields._label;
      if (value != null) fields.label = gradeOf('label', value, at);
    }
    if (!Array.isArray(fields.labels)) return;
    const kept = fields.labels.filter((label) => !isObject(label) || isChosen(label.name));
    for (const label of kept) {
      if (isObject(label) && (isRead || label.name != null)) {
        label.value = gradeOf(typeof label.name === 'string' ? label.name : 'labels', label.value, at);
      }
    }
    fields.labels = kept.filter((label) => !isObject(label) || label.value !== null);
  };

  /** Whether a label of that name counts; all do where none is asked for. Several names in one answer are refused later. */
  const isChosen = (name: unknown): boolean => {
    names.count(typeof name === 'string' ? name : undefined);
    if (rules.name === undefined) return true;
    const isIt = name == null ? rules.name === NAMELESS : name === rules.name;
    isSelected ||= isIt;
    return isIt;
  };

  const chosen = (labels: readonly Label[], at: At): Label[] => {
    if (labels.length < 2 || rules.several === 'keep') return [...labels];
    const apart = scoresApart(labels);
    if (apart === null) return [...labels];
    refused ??= severalScores(names, apart, at);
    throw refused;
  };

  return {
    bad: grades?.bad ?? [],
    before(fields, at) {
      try {
        ownLabels(fields, at);
      } catch (error) {
        for (const convention of conventions.values()) if (convention.refused !== null) refused ??= convention.refused;
        throw error;
      }
    },
    label(record, at) {
      const joined = grades?.of(record, at) ?? [];
      const before = record.labels ?? [];
      if (before.length + joined.length === 0) return;
      const kept = joined.length === 0 ? before : keptBeside(before, joined);
      summary.replaced += before.length - kept.length;
      if (grades !== null && joined.length === 0) summary.ownKept++;
      const labels = chosen([...kept, ...joined], at);
      record.labels = labels;
      for (let i = 0; i < labels.length; i++) {
        const { source, name } = labels[i];
        if (rules.source !== undefined && grades === null && sourceKind(source) === 'unknown') {
          labels[i] = { ...labels[i], source: rules.source };
        }
        const said = labels[i].source ?? UNKNOWN;
        summary.sources[said] = (summary.sources[said] ?? 0) + 1;
        if (name != null) summary.scores[name] = (summary.scores[name] ?? 0) + 1;
      }
    },
    finish(maxRows) {
      if (refused !== undefined) throw refused;
      for (const convention of conventions.values()) convention.finish();
      grades?.finish(summary, maxRows);
      if (summary.records === 0 || summary.records >= maxRows) return;
      if (own.column !== undefined && !isColumnSeen) {
        throw new VouchError('BAD_LABEL', 'no answer has this field', {
          field: '--label-column',
          expected: own.column,
        });
      }
      if (rules.name !== undefined && !isSelected && !grades?.hasScore) throw noSuchScore(rules.name, names, file);
    },
  };
}

/**
 * Labels of the answer itself that stay beside grades of the file: those of another rank (people outrank the rest, and what a grader
 * said is compared with them), and those that say who gave them where the grades say so too. The rest gives way to the grades.
 */
function keptBeside(own: readonly Label[], joined: readonly Label[]): Label[] {
  const isHuman = (label: Label) => sourceKind(label.source) === 'human';
  const ranks = new Set(joined.map(isHuman));
  const isKnown = joined.every(({ source }) => sourceKind(source) !== 'unknown');
  return own.filter(
    (label) => !ranks.has(isHuman(label)) || (isKnown && sourceKind(label.source) !== 'unknown' && label.name == null),
  );
}
