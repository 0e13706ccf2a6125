import { type ChoiceTable, loadChoices, newChoiceTable } from './choices/choice-table.js';
import { Pool } from './samples/pool.js';
import { type Readable, TextView } from './text-view.js';
import { KeyTokens } from './tokens/key-tokens.js';
import { TokenTable } from './tokens/token-table.js';

export type { Readable } from './text-view.js';

/** What signals read: everything more than one of them needs, computed at first use and shared until the next `load`. */
export interface View extends Readonly<Omit<TextView, 'load'>> {
  readonly topK: number;
  readonly tokens: TokenTable;
  readonly keyTokens: KeyTokens;
  readonly choices: ChoiceTable;
  /** Samples of the answer's own model (or of none named), and answers of other models, beside the answer. */
  readonly own: Pool;
  readonly others: Pool;
}

export interface LoadableView extends View {
  load(record: Readable): void;
}

/** A view for records whose tokens are read with the k most likely alternatives; one a thread, reused for all records. */
export function makeView(topK: number): LoadableView {
  return new RecordView(topK);
}

class RecordView extends TextView implements LoadableView {
  readonly #tokens: TokenTable;
  readonly #keyTokens = new KeyTokens();
  readonly #choices = newChoiceTable();
  readonly #own = new Pool();
  readonly #others = new Pool();

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
      const { tokens, record, answer, gist, inPrompt, promptSet } = this;
      this.#keyTokens.load(tokens, record.tokens ?? [], record.answer, answer, gist, inPrompt.isFound, promptSet);
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
}
