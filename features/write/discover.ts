import { labelOf } from '../../data/label-of.js';
import type { Answer } from '../../data/token-list.js';
import { fixedCategories } from '../categories.js';
import { TopKCount } from '../collect.js';
import { eachNamed, eachRelatedName, hasLogitTwin } from '../dynamic.js';
import type { Feature, Need } from '../feature.js';
import { featuresWith } from '../list.js';
import { isRecorded, needs } from '../needs.js';
import { makeView } from '../view.js';

interface Seen {
  least: number;
  most: number;
  between: boolean;
}

/** The columns of the table for some answers. A first pass finds them, so that a second pass can write row by row. */
export interface TablePlan {
  rows: number;
  topK: number;
  labelled: boolean;
  /** Signals, `name@version`: those of the list whose need some record meets, then the dynamic ones. */
  numeric: string[];
  /** Text columns in addition to id and group. */
  texts: string[];
}

/** Finds the columns of the table for some records, without computing signals. */
export class Discovery {
  #rows = 0;
  #labelled = false;
  readonly #topK = new TopKCount();
  readonly #view = makeView(1);
  readonly #missing = new Set<Need>(needs);
  readonly #numbers = new Map<string, Seen>();
  readonly #texts = new Set<string>();
  readonly #models = new Set<string>();
  readonly #related = new Set<string>();

  /** `own` are the signals of plug-ins. */
  constructor(private readonly own: readonly Feature[] = []) {}

  add(record: Answer): void {
    this.#rows++;
    this.#labelled ||= labelOf(record) !== null;
    this.#topK.add(record);
    this.#view.load(record);
    for (const need of this.#missing) if (isRecorded(need, this.#view)) this.#missing.delete(need);
    eachNamed(
      record,
      (family, key, value) => this.#number(`${family}.${key}`, value),
      (key) => this.#texts.add(`features.${key}`),
    );
    eachRelatedName(record, (family, name, { key }) => this.#related.add(`${family}.${name}.${key}`));
    for (const { model } of record.samples ?? []) if (model != null && model !== record.model) this.#models.add(model);
  }

  plan(): TablePlan {
    const listed = featuresWith(this.own).filter(({ needs: need }) => !this.#missing.has(need));
    const numeric = listed.map(({ name, version }) => `${name}@${version}`);
    for (const [name, { least, most, between }] of this.#numbers) {
      numeric.push(`${name}@1`);
      if (hasLogitTwin(least, most, between) && !this.#numbers.has(`${name}.logit`)) numeric.push(`${name}.logit@1`);
    }
    for (const model of this.#models) numeric.push(`agreeWith.${model}@1`);
    for (const name of this.#related) numeric.push(`${name}@1`);
    const texts = [...fixedCategories, ...this.#texts];
    return { rows: this.#rows, topK: this.#topK.common(), labelled: this.#labelled, numeric, texts };
  }

  #number(name: string, value: number): void {
    const seen = this.#numbers.get(name);
    const between = value > 0 && value < 1;
    if (seen === undefined) this.#numbers.set(name, { least: value, most: value, between });
    else {
      seen.least = Math.min(seen.least, value);
      seen.most = Math.max(seen.most, value);
      seen.between ||= between;
    }
  }
}
