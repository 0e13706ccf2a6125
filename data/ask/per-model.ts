import { VouchError } from '../../support/errors.js';

/** Values that hold for all models, and those of single models. */
export interface PerModel {
  all: string[];
  of: ReadonlyMap<string, string[]>;
}

/**
 * Values of an option that holds for all models as `VALUE`, or for one as `MODEL=VALUE`. Names of models have no "=", and
 * an address is never taken for a name. Error: BAD_USAGE if a model is not among `models`.
 */
export function perModel(texts: readonly string[], option: string, models: readonly string[]): PerModel {
  const all: string[] = [];
  const of = new Map<string, string[]>();
  for (const text of texts) {
    const named = /^https?:\/\//i.test(text) ? null : /^([^=]+)=(.+)$/s.exec(text);
    if (named === null) {
      all.push(text);
      continue;
    }
    const [, model, value] = named;
    if (!models.includes(model)) {
      const expected = models.length === 0 ? 'no name' : `one of ${models.join(', ')}`;
      throw new VouchError('BAD_USAGE', 'no such model is asked', { field: option, expected, got: model });
    }
    of.set(model, [...(of.get(model) ?? []), value]);
  }
  return { all, of };
}

/** The values of one model: its own, else those for all. */
export function valuesFor({ all, of }: PerModel, model: string): string[] {
  return of.get(model) ?? all;
}
