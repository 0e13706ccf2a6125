import type { AnswerRecord } from '../../data/record.js';
import type { Prices, Stage } from './prices.js';

/** One first answer, and what other models answered to the same question. */
export interface Case {
  group: string;
  first: AnswerRecord;
  /** The answers of other models, by the name of their stage. */
  others: ReadonlyMap<string, AnswerRecord>;
}

/**
 * The cases of answers whose groups are known. An answer is that of a stage if its model is; else it is a first answer,
 * unless `first.model` names another model. If a question was asked in several wordings, a first answer goes with the
 * other models' answers to the same wording; with the only one of a model if there is just one.
 */
export function casesOf(
  records: readonly AnswerRecord[],
  groups: readonly string[],
  { stages, first }: Pick<Prices, 'stages' | 'first'>,
): { cases: Case[]; unused: number } {
  const modelled = stages.filter(({ model }) => model !== undefined);
  const stageOf = new Map(modelled.map((stage) => [stage.model as string, stage.name]));
  const firsts: { record: AnswerRecord; group: string }[] = [];
  const others = new Map<string, AnswerRecord[]>();
  let unused = 0;
  records.forEach((record, i) => {
    const stage = stageOf.get(record.model ?? '');
    if (stage !== undefined) {
      const key = keyOf(groups[i], stage);
      const list = others.get(key);
      if (list === undefined) others.set(key, [record]);
      else list.push(record);
    } else if (first.model === undefined || record.model === first.model) firsts.push({ record, group: groups[i] });
    else unused++;
  });
  const cases = firsts.map(({ record, group }): Case => {
    const found = new Map<string, AnswerRecord>();
    for (const { name } of modelled) {
      const list = others.get(keyOf(group, name)) ?? [];
      const same = list.length === 1 ? list[0] : list.find((other) => wordingOf(other) === wordingOf(record));
      if (same !== undefined) found.set(name, same);
    }
    return { group, first: record, others: found };
  });
  return { cases, unused };
}

/** Whether a case has what a stage buys. */
export function isRecorded({ first, others }: Case, { name, fields, k, model }: Stage): boolean {
  if (model !== undefined) return others.has(name);
  return fields.some((field) => {
    const value = valueAt(first, field);
    if (field === 'samples') return ownSamples(first).length >= (k ?? 1);
    return value !== undefined && value !== null && !isEmpty(value);
  });
}

/** The samples that the record's own model gave. */
export function ownSamples({ samples, model: own }: AnswerRecord): NonNullable<AnswerRecord['samples']> {
  return (samples ?? []).filter(({ model }) => model == null || model === own);
}

/** The value of a field such as `tokens` or `verifiers.nli`. */
export function valueAt(record: object, field: string): unknown {
  const dot = field.indexOf('.');
  if (dot < 0) return (record as Record<string, unknown>)[field];
  const inside = (record as Record<string, unknown>)[field.slice(0, dot)];
  return (inside as Record<string, unknown> | null | undefined)?.[field.slice(dot + 1)];
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function keyOf(group: string, stage: string): string {
  return `${stage}\n${group}`;
}

function wordingOf({ prompt, messages }: AnswerRecord): string {
  return prompt ?? JSON.stringify(messages ?? null);
}
