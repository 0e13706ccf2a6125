import type { AnswerRecord } from '../../data/record.js';
import { type Case, ownSamples } from './case.js';
import type { Prices, Stage } from './prices.js';

/**
 * The answers that could be returned after some stages were bought, each as a record that holds only what is known
 * then: the first answer, then that of each bought model, in the order of the stages. The other answers become its
 * samples. `selected` is removed: a policy is certified for the answers that it chooses.
 */
export function answersAt(
  { first, others }: Case,
  bought: ReadonlySet<string>,
  { stages }: Pick<Prices, 'stages'>,
): AnswerRecord[] {
  const models = stages.filter(({ name, model }) => model !== undefined && bought.has(name));
  const given = [first, ...models.map(({ name }) => others.get(name) as AnswerRecord)];
  return given.map((record, i) => {
    const kept =
      i === 0
        ? fieldsOf(stages.filter(({ name, model }) => model === undefined && bought.has(name)))
        : models[i - 1].fields;
    const shown = withoutFields(
      record,
      [...paidFields(stages)].filter((field) => !kept.includes(field)),
    );
    const own = i === 0 ? samplesLeft(record, stages, bought) : kept.includes('samples') ? ownSamples(record) : [];
    const named = new Set(stages.map(({ model }) => model));
    const foreign = (record.samples ?? []).filter(
      ({ model }) => model != null && model !== record.model && !named.has(model) && model !== first.model,
    );
    const peers = given.filter((_, j) => j !== i).map(({ answer, model }) => ({ answer, model }));
    const samples = [...own, ...foreign, ...peers];
    const changed = samples.length !== (record.samples?.length ?? 0);
    const { selected: _, ...rest } = changed ? withoutTexts(shown) : shown;
    return { ...rest, samples: samples.length === 0 ? null : samples } as AnswerRecord;
  });
}

/** The fields that stages buy for the first answer. */
function fieldsOf(stages: readonly Stage[]): string[] {
  return stages.flatMap(({ fields }) => fields);
}

/** Every field that some stage buys. */
function paidFields(stages: readonly Stage[]): Set<string> {
  return new Set(fieldsOf(stages));
}

/** The first k own samples, with the k of the largest stage that was bought; all if samples are not bought at all. */
function samplesLeft(record: AnswerRecord, stages: readonly Stage[], bought: ReadonlySet<string>) {
  const selling = stages.filter(({ fields, model }) => model === undefined && fields.includes('samples'));
  const own = ownSamples(record);
  if (selling.length === 0) return own;
  const counts = selling.filter(({ name }) => bought.has(name)).map(({ k }) => k ?? own.length);
  return own.slice(
    0,
    counts.reduce((most, k) => Math.max(most, k), 0),
  );
}

/** A copy of a record without fields such as `samples` or `verifiers.nli`. */
export function withoutFields(record: AnswerRecord, fields: readonly string[]): AnswerRecord {
  const copy: Record<string, unknown> = { ...record };
  for (const field of fields) {
    const [whole, part] = field.split('.', 2);
    if (part === undefined) delete copy[whole];
    else if (copy[whole] != null) {
      const { [part]: _, ...rest } = copy[whole] as Record<string, unknown>;
      copy[whole] = rest;
    }
  }
  return copy as AnswerRecord;
}

/** Without what compares the samples in pairs: its rows would belong to other samples. */
function withoutTexts(record: AnswerRecord): AnswerRecord {
  const stripped = (values: Record<string, object | null | undefined> | null | undefined) =>
    values == null
      ? values
      : Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value && { ...value, texts: null }]));
  const { similarities, entailments } = record;
  if (similarities == null && entailments == null) return record;
  return { ...record, similarities: stripped(similarities), entailments: stripped(entailments) } as AnswerRecord;
}
