import { promptOf } from '../../data/group.js';
import { optionsOf } from '../../data/label/choice/options.js';
import { choiceLetter } from '../../data/label/choice-letter.js';
import { containedAlias } from '../../data/label/contained-alias.js';
import { exactMatch } from '../../data/label/exact-match.js';
import type { Labeller } from '../../data/label/labeller.js';
import { numeric } from '../../data/label/numeric.js';
import { tokenF1 } from '../../data/label/token-f1.js';
import { labelOf } from '../../data/label-of.js';
import type { AnswerRecord } from '../../data/record.js';

export type Kind = 'number' | 'choice' | 'text';

/** An answer as one kind of grader reads it, with all grades: 1, 0, or null where a grader refuses. */
export interface Graded {
  ask: { kind: Kind; answer: string; references: string[]; options: string[] };
  grades: Record<string, number | null>;
  human?: number;
}

/** Our graders for each kind of reference. The grades of people are in `human`. */
const OURS: Record<Kind, Labeller[]> = {
  number: [numeric],
  choice: [choiceLetter],
  text: [exactMatch, containedAlias, tokenF1],
};

/**
 * One entry per kind of grader that can grade the answer: always as text; by number or option if the references are
 * such.
 */
export function gradedOf(record: AnswerRecord): Graded[] {
  const { texts } = optionsOf(promptOf(record));
  const label = labelOf(record);
  return (Object.keys(OURS) as Kind[]).flatMap((kind) => {
    const said = OURS[kind].map((labeller) => [labeller.name, labeller.of(record)] as const);
    if (said.some(([, value]) => value === null) || (kind === 'choice' && texts.size === 0)) return [];
    return {
      ask: { kind, answer: record.answer, references: record.reference ?? [], options: [...texts.values()] },
      grades: Object.fromEntries(said.map(([name, value]) => [name, Number((value as number) >= 0.5)])),
      ...(label?.human ? { human: Number(label.value >= 0.5) } : {}),
    };
  });
}
