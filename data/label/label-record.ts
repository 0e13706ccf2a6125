import { fieldAt } from '../group.js';
import { labelOf } from '../label-of.js';
import type { AnswerRecord } from '../record.js';
import { type Agreement, compare, newAgreement } from './agreement.js';
import type { Labeller } from './labeller.js';
import { labelWith } from './list.js';

export interface LabelOptions {
  /** Name of the labeller. */
  with?: string;
  /** Field that names the labeller of each answer; answers without it use `with`. */
  withField?: string;
  /** Makes soft labels hard: 1 from here on, else 0. */
  threshold?: number;
  /** The labellers of plug-ins. */
  own?: readonly Labeller[];
}

/** Counts of labelled answers, and agreement with people. */
export interface Labelled {
  answers: number;
  labelled: number;
  /**
   * Answers without a named labeller, and answers that the labeller could not grade, mostly because they have no
   * reference.
   */
  unnamed: number;
  untold: number;
  /** Sum of the labels, that is, the number of correct answers. */
  right: number;
  agreement: Agreement;
}

export function newLabelled(): Labelled {
  return { answers: 0, labelled: 0, unnamed: 0, untold: 0, right: 0, agreement: newAgreement() };
}

/**
 * Adds a labeller's verdict to a record's labels with the source `auto:NAME`, replacing an earlier label of that
 * source. Counts it, and compares it with human labels. Error: BAD_USAGE for an unknown labeller.
 */
export function labelRecord(record: AnswerRecord, options: LabelOptions, counts: Labelled): void {
  counts.answers++;
  const field = options.withField === undefined ? undefined : fieldAt(record, options.withField);
  const name = typeof field === 'string' ? field : options.with;
  if (name === undefined) {
    counts.unnamed++;
    return;
  }
  const labeller = labelWith(name, options.own);
  const told = labeller.of(record);
  if (told === null) {
    counts.untold++;
    return;
  }
  const value = options.threshold === undefined ? told : told >= options.threshold ? 1 : 0;
  const human = labelOf(record);
  if (human?.human) compare(counts.agreement, value, human.value);
  const source = `auto:${labeller.name}`;
  record.labels = [...(record.labels ?? []).filter((label) => label.source !== source), { value, source }];
  counts.labelled++;
  counts.right += value;
}
