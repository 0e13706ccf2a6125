import type { AnswerRecord } from '../record.js';
import type { Labeller } from './labeller.js';
import { labellers } from './list.js';

/**
 * The rule that made all labels of a record; undefined if they have another source, null without labels. `own`: the
 * labellers of plug-ins.
 */
export function ruleBehind({ labels }: AnswerRecord, own: readonly Labeller[]): Labeller | undefined | null {
  if (labels == null || labels.length === 0) return null;
  const [{ source }] = labels;
  if (!labels.every((label) => label.source === source)) return undefined;
  return [...labellers, ...own].find(({ name }) => source === `auto:${name}`);
}
