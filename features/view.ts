import { type ChoiceTable, loadChoices, newChoiceTable } from './choices/choice-table.js';
import { Pool } from './samples/pool.js';
import { RelatedByName } from './semantic/related.js';
import { type Readable, TextView } from './text-view.js';
import { KeyTokens } from './tokens/table/key-tokens.js';
import { TokenTable } from './tokens/table/token-table.js';

export type { Readable } from './text-view.js';

/** What signals read: everything that several of them need, computed at first use and shared until the next `load`. */
export interface View extends Readonly<Omit<TextView, 'load'>> {
  readonly topK: number;
  readonly tokens: TokenTable;
  readonly keyTokens: KeyTokens;
  readonly choices: ChoiceTable;
  /** The samples of the answer's own model, or without a model name. */
  readonly own: Pool;
  /** The samples of other models. */
  readonly others: Pool;
  /** What text models recorded about answer and samples. */
  readonly related: RelatedByName;
}

export interface LoadableView extends View {
  load(record: Readable): void;
}

/**
 * Creates a view that reads the k likeliest alternatives of each token. It is reused for all records; each thread needs
 * its own.
 */
export function makeView(topK: number): LoadableView {
  return new RecordView(topK);
}

class RecordView extends TextView implements LoadableView {
  readonly #tokens: TokenTable;
  readonly #keyTokens = new KeyTokens();
  readonly #choices = newChoiceTable();
  readonly #own = new Pool();
  readonly #others = new Pool();
  readonly #related = new RelatedByName();

  constructor(readonly topK: number) {
    super();
    this.#tokens = new TokenTable(topK);
  }

  get tokens(): TokenTable {
    if (this.first(24)) this.#tokens.load(this.record.tokens, this.record.answer);
    return this.#tokens;
  }

  get keyTokens(): KeyTokens {
    if (this.first(25)) {
      const { record, gist } = this;
      this.#keyTokens.load(this.tokens, record.tokens ?? [], {
        answer: record.answer,
        words: this.answer,
        gist,
        inPrompt: this.inPrompt.isFound,
        prompt: this.promptSet,
      });
    }
    return this.#keyTokens;
  }

  get choices(): ChoiceTable {
    if (this.first(26)) loadChoices(this.#choices, this.record.choices, this);
    return this.#choices;
  }

  get own(): Pool {
    if (this.first(27)) this.#own.load(this, false);
    return this.#own;
  }

  get others(): Pool {
    if (this.first(28)) this.#others.load(this, true);
    return this.#others;
  }

  get related(): RelatedByName {
    if (this.first(29)) this.#related.clear();
    return this.#related;
  }
}
