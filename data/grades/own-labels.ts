import { VouchError } from '../../support/errors.js';
import { type Fields, isObject } from '../check-value.js';
import type { ReadSummary } from '../read/summary.js';
import { type At, type Convention, newConvention } from './convention.js';
import { valueIn } from './grade-columns.js';
import { isReadByRule, type LabelRules } from './rules.js';
import { type NameCounts, severalScores } from './score-names.js';
import { NAMELESS, scoresApart } from './scores-apart.js';

/** Reads the labels that are inside the answers. */
interface OwnLabels {
  /** Reads them in place, before the answer is checked. Errors: BAD_LABEL. */
  read(fields: Fields, at: At): void;
  /** Errors: BAD_LABEL if the labels as a whole cannot be read, even if bad lines were skipped. */
  finish(): void;
  /** Whether any answer has the column, and any has the score, that the user asked for. */
  readonly isColumnSeen: boolean;
  readonly isSelected: boolean;
}

interface OwnLabelsOptions {
  rules: LabelRules;
  /** Whether there is a grades file too. */
  hasGrades: boolean;
  /** Counts the names of scores. */
  names: NameCounts;
  summary: ReadSummary;
}

/** A label of a record. `maybe`: a logged score that is not a grade by itself. `raw`: the value it was made from. */
type Scored = Fields & { name?: unknown; value?: unknown; maybe?: unknown; raw?: unknown };

/**
 * Reads the labels of answers by the rules: the field `label` (or the named column), and the scores in `labels`, each
 * name with its own convention. With a grades file (`hasGrades`) the rules apply to that file. Then a value here that
 * is not a grade is left out and counted, because other things are called `label` too.
 */
export function ownLabels({ rules, hasGrades, names, summary }: OwnLabelsOptions): OwnLabels {
  const own: LabelRules = hasGrades ? {} : rules;
  const isRead = isReadByRule(own);
  const conventions = new Map<string, Convention>();
  /** Per field: whether any value was a grade, and the error of the first one that was not. */
  const isGrade = new Set<string>();
  const isNone = new Map<string, VouchError>();
  let refused: VouchError | undefined;
  let isColumnSeen = false;
  let isSelected = false;

  const conventionOf = (field: string): Convention => {
    let convention = conventions.get(field);
    if (convention === undefined) {
      convention = newConvention(field, own);
      conventions.set(field, convention);
    }
    return convention;
  };

  /**
   * Refuses a score of which some values are grades and others are on an unknown scale, because the grades are on that
   * scale too.
   */
  const refuseMixed = (field: string): void => {
    if (hasGrades || !isGrade.has(field) || !isNone.has(field)) return;
    refused ??= isNone.get(field);
    if (own.several !== 'keep') throw refused;
  };

  /**
   * The grade of a logged score that is not a grade by itself, by other values of the score or by the user's rules;
   * undefined if neither decides.
   */
  const candidateOf = (name: string, value: unknown, at: At): number | null | undefined => {
    try {
      const grade = conventionOf(name).of(value, at);
      if (grade !== null) isGrade.add(name);
      return grade;
    } catch (error) {
      if (!(error instanceof VouchError)) throw error;
      if (!isNone.has(name)) isNone.set(name, error);
      summary.unreadLabels++;
      if (own.name === name && own.several !== 'keep') throw (refused ??= error);
      return undefined;
    } finally {
      refuseMixed(name);
    }
  };

  const gradeOf = (field: string, value: unknown, at: At): number | null | undefined => {
    const convention = conventionOf(field);
    try {
      const grade = convention.of(value, at);
      if (grade !== null) isGrade.add(field);
      refuseMixed(field);
      return grade;
    } catch (error) {
      if (!(error instanceof VouchError)) throw error;
      if (!hasGrades && own.several !== 'keep') {
        if (convention.refused !== null) refused ??= convention.refused;
        throw error;
      }
      if (!isNone.has(field)) isNone.set(field, error);
      summary.unreadLabels++;
      return undefined;
    }
  };

  /** Whether a label has the requested name; true if none was requested. */
  const isChosen = ({ name }: Scored): boolean => {
    names.count(typeof name === 'string' ? name : undefined);
    if (rules.name === undefined) return true;
    const isIt = name == null ? rules.name === NAMELESS : name === rules.name;
    isSelected ||= isIt;
    return isIt;
  };

  const readScores = (labels: unknown[], at: At): unknown[] => {
    const read = new Set<unknown>();
    let kept = labels.filter((label) => {
      if (!isObject(label)) return true;
      if (!isChosen(label)) return false;
      if (label.raw !== undefined) {
        if (own.values !== undefined) label.value = label.raw;
        delete label.raw;
      }
      if (label.maybe !== true) return true;
      delete label.maybe;
      label.value = candidateOf(String(label.name), label.value, at);
      read.add(label);
      return label.value != null;
    });
    const apart = kept.length > 1 && kept.every(isObject) ? scoresApart(kept) : null;
    if (apart !== null && hasGrades) {
      summary.unreadLabels += kept.length;
      kept = kept.filter((label) => !isObject(label) || label.name == null);
    } else if (apart !== null && rules.several !== 'keep') {
      refused ??= severalScores(names, apart, at);
      throw refused;
    }
    return kept.filter((label) => {
      if (!isObject(label) || read.has(label) || !(isRead || label.name != null)) return true;
      label.value = gradeOf(typeof label.name === 'string' ? label.name : 'labels', label.value, at);
      return label.value != null;
    });
  };

  return {
    read(fields, at) {
      const { column } = own;
      if (column === undefined) {
        // `_label`: tables rename a column that has the name of a field
        const value = fields.label ?? (isRead ? fields._label : undefined);
        if (value != null) fields.label = gradeOf('label', value, at);
      } else {
        const value = valueIn(fields, column) ?? fields[`_${column}`];
        if (value !== undefined) isColumnSeen = true;
        fields.label = gradeOf(column, value, at);
        fields.labels = undefined;
      }
      if (Array.isArray(fields.labels)) fields.labels = readScores(fields.labels, at);
    },
    finish() {
      if (refused !== undefined) throw refused;
      for (const [field, convention] of conventions) {
        const error = isNone.get(field);
        if (error === undefined) convention.finish();
        else if (hasGrades && isGrade.has(field)) throw mixed(error);
      }
    },
    get isColumnSeen() {
      return isColumnSeen;
    },
    get isSelected() {
      return isSelected;
    },
  };
}

/** Some of these labels are grades, others are not. Keeping only the grades could select correct or wrong answers. */
function mixed({ what, detail }: VouchError): VouchError {
  const hint =
    'Other answers have a grade in this field. If the grades file is what counts, remove the field from the answers.';
  return new VouchError('BAD_LABEL', `some of the answers' own labels are no grades: ${what}`, { ...detail, hint });
}
