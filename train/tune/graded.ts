import type { Labeller } from '../../data/label/labeller.js';
import { labelOf } from '../../data/label-of.js';
import { fieldAt } from '../../data/path.js';
import type { AnswerRecord, Sample } from '../../data/record.js';
import type { Asked } from './asked.js';
import type { Turn, WhyNot } from './results.js';

/** One answer with a hard grade that a row may be made from. */
export interface Graded {
  /** The id of its record; with `#` and its number from 0 if it is a sample. */
  id: string;
  group: string;
  model: string;
  task: string;
  turns: Turn[];
  /** The question as text. */
  text: string;
  answer: string;
  right: boolean;
  /** Whether a passage of the context contradicts the answer, as far as that is recorded. */
  conflicts: boolean;
  /** A better answer that somebody wrote. */
  correction: string | null;
}

/** An answer that is not in the set. */
export interface LeftOut {
  id: string;
  why: WhyNot;
}

/** Which graded answers a set is made from. */
export interface GradedHow {
  /** Only answers of this model. */
  answersOf?: string;
  /** Takes answers of any temperature. */
  anyTemperature: boolean;
  /** Takes samples too, graded by a rule. */
  samples: boolean;
  /** The field with a better answer. */
  corrections: string;
}

/** A probability from which an entailment model says that a passage contradicts the answer. */
const CONTRADICTS = 0.5;

/** The answer of a record; or why it is left out. `group` is not yet known and stays ''. */
export function gradedAnswer(record: AnswerRecord, asked: Asked, how: GradedHow): Graded | LeftOut {
  const { id } = record;
  const label = labelOf(record)?.value;
  if (label === undefined) return { id, why: 'no label' };
  if (label !== 0 && label !== 1) return { id, why: 'soft label' };
  const { temperature } = record.decoding ?? {};
  const found = graded({ id, model: record.model, answer: record.answer, temperature, right: label === 1 }, asked, how);
  if ('why' in found) return found;
  return { ...found, task: record.task ?? '', conflicts: conflicts(record), correction: correctionOf(record, how) };
}

/** The samples of a record, graded by a rule, and those that are left out. */
export function gradedSamples(
  record: AnswerRecord,
  asked: Asked,
  { labeller, ...how }: GradedHow & { labeller: Labeller },
): (Graded | LeftOut)[] {
  const bare = { ...record, tokens: null, samples: null };
  return (record.samples ?? []).map(({ answer, model, temperature }: Sample, i) => {
    const id = `${record.id}#${i}`;
    const label = labeller.of({ ...bare, answer });
    if (label === null || Number.isNaN(label)) return { id, why: 'no label' };
    if (label !== 0 && label !== 1) return { id, why: 'soft label' };
    const found = graded({ id, model: model ?? record.model, answer, temperature, right: label === 1 }, asked, how);
    return 'why' in found ? found : { ...found, task: record.task ?? '' };
  });
}

interface Given {
  id: string;
  model: string | null | undefined;
  answer: string;
  temperature: unknown;
  right: boolean;
}

function graded({ id, model, answer, temperature, right }: Given, asked: Asked, how: GradedHow): Graded | LeftOut {
  if (how.answersOf !== undefined && model !== how.answersOf) return { id, why: 'another model' };
  if (!how.anyTemperature) {
    if (temperature == null || temperature === '') return { id, why: 'temperature not recorded' };
    if (Number(temperature) !== 0) return { id, why: 'not temperature 0' };
  }
  if (answer.trim() === '') return { id, why: 'empty answer' };
  if ('why' in asked) return { id, why: asked.why };
  const { turns, text } = asked;
  return { ...{ id, group: '', model: model ?? '', task: '' }, turns, text, answer, right, ...NOTHING_ELSE };
}

const NOTHING_ELSE = { conflicts: false, correction: null } as const;

function conflicts({ entailments }: AnswerRecord): boolean {
  return Object.values(entailments ?? {}).some((found) =>
    found?.passages?.contradicts?.some((probability) => probability >= CONTRADICTS),
  );
}

function correctionOf(record: AnswerRecord, { corrections }: GradedHow): string | null {
  const value = fieldAt(record, corrections);
  const text: unknown = Array.isArray(value) ? value[0] : value;
  return typeof text === 'string' && text.trim() !== '' ? text : null;
}
