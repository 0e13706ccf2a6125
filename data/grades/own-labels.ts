import { VouchError } from '../../support/errors.js';
import { type Fields, isObject } from '../check-value.js';
import type { ReadSummary } from '../read/summary.js';
import { type At, type Convention, newConvention } from './convention.js';
import { valueIn } from './grade-columns.js';
import { isReadByRule, type LabelRules } from './rules.js';
import { type NameCounts, severalScores } from './score-names.js';
import { NAMELESS, scoresApart } from './scores-apart.js';

/** Reads the labels that answers bring themselves. */
export interface OwnLabels {
  /** In place, before the answer is checked. Errors: BAD_LABEL. */
  read(fields: Fields, at: At): void;
  /** Errors: BAD_LABEL for what makes the whole of them unreadable, even where bad lines were skipped. */
  finish(): void;
  /** Whether an answer has the column, and whether one has the score, that the user asked for. */
  readonly isColumnSeen: boolean;
  readonly isSelected: boolean;
}

/** A label of a record; `maybe`: a logged score that is no grade by itself; `raw`: what it was made of. */
type Scored = Fields & { name?: unknown; value?: unknown; maybe?: unknown; raw?: unknown };

/**
 * The labels of answers as the rules say: the field `label` (or the column named), and scores in `labels`, each name with a
 * convention of its own. Beside a grades file (`isBeside`) the rules are about that file: what is no grade here is left out then,
 * and counted, as other things go by the name `label` too.
 */
export function ownLabels(rules: LabelRules, isBeside: boolean, names: NameCounts, summary: ReadSummary): OwnLabels {
  const own: LabelRules = isBeside ? {} : rules;
  const isRead = isReadByRule(own);
  const conventions = new Map<string, Convention>();
  /** By field: whether one was read, and the first that was not. */
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

  /** Some values of a score are grades, others are of a scale that has not been said: the grades are of that scale too. */
  const refuseMixed = (field: string): void => {
    if (isBeside || !isGrade.has(field) || !isNone.has(field)) return;
    refused ??= isNone.get(field);
    if (own.several !== 'keep') throw refused;
  };

  /** A logged score that is no grade by itself: what the others of its name or the user say of it; undefined where nobody does. */
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
      if (!isBeside && own.several !== 'keep') {
        if (convention.refused !== null) refused ??= convention.refused;
        throw error;
      }
      if (!isNone.has(field)) isNone.set(field, error);
      summary.unreadLabels++;
      return undefined;
    }
  };

  /** Whether a label of that name counts; all do where none is asked for. */
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
    if (apart !== null && isBeside) {
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
        const value = fields.label ?? (isRead ? fields._label : undefined); // so tables call a column named like a field
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
        else if (isBeside && isGrade.has(field)) throw mixed(error);
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

/** Some of these labels are grades, others are not: those that stay would be a choice of the right ones, or of the wrong ones. */
function mixed({ what, detail }: VouchError): VouchError {
  const hint =
    'Other answers have a grade under this name. Leave the field out of the answers where the grades file is what counts.';
  return new VouchError('BAD_LABEL', `the answers' own label ${what}`, { ...detail, hint });
}
