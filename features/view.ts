import { promptOf } from '../data/group.js';
import type { AnswerRecord } from '../data/record.js';
import { type ChoiceTable, loadChoices, newChoiceTable } from './choices/choice-table.js';
import { Pool } from './samples/pool.js';
import { KeyTokens } from './tokens/key-tokens.js';
import { TokenTable } from './tokens/token-table.js';
import { RunFinder } from './words/common-run.js';
import { Found } from './words/found.js';
import { Gist } from './words/gist.js';
import { shareNear } from './words/near.js';
import { type Question, questionOf } from './words/question.js';
import { scanWords } from './words/scan.js';
import { WordMap } from './words/word-map.js';
import { Words } from './words/words.js';

/** What signals may see of a record. References and labels are not in it. */
export type Readable = Pick<
  AnswerRecord,
  | 'model'
  | 'prompt'
  | 'messages'
  | 'context'
  | 'facts'
  | 'reasoning'
  | 'answer'
  | 'finish'
  | 'tokens'
  | 'choices'
  | 'samples'
  | 'stated'
  | 'verifiers'
  | 'features'
>;

/** What signals read: everything more than one of them needs, computed at first use and shared. Valid until the next `load`. */
export interface View {
  readonly topK: number;
  readonly record: Readable;
  readonly tokens: TokenTable;
  readonly keyTokens: KeyTokens;
  readonly choices: ChoiceTable;
  /** The question as text, '' when not recorded. */
  readonly promptText: string;
  readonly prompt: Words;
  readonly promptSet: WordMap;
  readonly question: Question;
  readonly answer: Words;
  readonly gist: Gist;
  readonly context: Words;
  readonly facts: Words;
  readonly reasoning: Words;
  /** The answer's words against the prompt's, the context's, the facts', and against all three. */
  readonly inPrompt: Found;
  readonly inContext: Found;
  readonly inFacts: Found;
  readonly inSources: Found;
  /** The prompt's words against the context's. */
  readonly promptInContext: Found;
  /** The answer's words against the reasoning's, and the reasoning's against prompt, context and facts. */
  readonly inReasoning: Found;
  readonly reasoningInSources: Found;
  readonly reasoningGist: Gist;
  /** Longest run of words the answer shares with prompt or context. */
  readonly promptRun: number;
  readonly contextRun: number;
  /** Share of the prompt's content words near the run in the context. */
  readonly runNearQuestion: number;
  /** Samples of the answer's own model, and answers of other models, beside the answer. */
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

const NOTHING: Readable = { answer: '' };

class RecordView implements LoadableView {
  record: Readable = NOTHING;
  promptText = '';
  readonly #tokens: TokenTable;
  readonly #keyTokens = new KeyTokens();
  readonly #choices = newChoiceTable();
  readonly #prompt = new Words();
  readonly #promptSet = new WordMap();
  readonly #answer = new Words();
  readonly #gist = new Gist();
  readonly #context = new Words();
  readonly #contextSet = new WordMap();
  readonly #facts = new Words();
  readonly #factSet = new WordMap();
  readonly #reasoning = new Words();
  readonly #reasoningSet = new WordMap();
  readonly #inPrompt = new Found();
  readonly #inContext = new Found();
  readonly #inFacts = new Found();
  readonly #inSources = new Found();
  readonly #inReasoning = new Found();
  readonly #reasoningInSources = new Found();
  readonly #runs = new RunFinder();
  readonly #promptInContext = new Found();
  readonly #reasoningGist = new Gist();
  readonly #own = new Pool();
  readonly #others = new Pool();
  #question: Question = questionOf(this.#prompt);
  #promptRun = 0;
  #contextRun = 0;
  #nearQuestion = NaN;
  /** What has been computed for this record: one bit each. */
  #done = 0;

  constructor(readonly topK: number) {
    this.#tokens = new TokenTable(topK);
  }

  load(record: Readable): void {
    this.record = record;
    this.promptText = promptOf(record as AnswerRecord);
    this.#done = 0;
  }

  /** True once a record: the caller computes now. */
  #first(bit: number): boolean {
    if ((this.#done & bit) !== 0) return false;
    this.#done |= bit;
    return true;
  }

  get tokens(): TokenTable {
    if (this.#first(1 << 0)) this.#tokens.load(this.record.tokens);
    return this.#tokens;
  }

  get keyTokens(): KeyTokens {
    if (this.#first(1 << 1)) {
      this.#keyTokens.load(this.tokens, this.record.tokens ?? [], this.record.answer, this.answer, this.promptSet);
    }
    return this.#keyTokens;
  }

  get choices(): ChoiceTable {
    if (this.#first(1 << 2)) loadChoices(this.#choices, this.record.choices, this.gist, this.answer);
    return this.#choices;
  }

  get prompt(): Words {
    if (this.#first(1 << 3)) {
      scanAll(this.#prompt, this.#promptSet, [this.promptText]);
    }
    return this.#prompt;
  }

  get promptSet(): WordMap {
    this.prompt;
    return this.#promptSet;
  }

  get question(): Question {
    if (this.#first(1 << 4)) this.#question = questionOf(this.prompt);
    return this.#question;
  }

  get answer(): Words {
    if (this.#first(1 << 5)) {
      this.#answer.clear();
      scanWords(this.record.answer, this.#answer);
    }
    return this.#answer;
  }

  get gist(): Gist {
    if (this.#first(1 << 6)) this.#gist.load(this.answer, this.record.answer);
    return this.#gist;
  }

  get context(): Words {
    if (this.#first(1 << 7)) scanAll(this.#context, this.#contextSet, this.record.context);
    return this.#context;
  }

  get facts(): Words {
    if (this.#first(1 << 8)) scanAll(this.#facts, this.#factSet, this.record.facts);
    return this.#facts;
  }

  get reasoning(): Words {
    if (this.#first(1 << 9)) scanAll(this.#reasoning, this.#reasoningSet, [this.record.reasoning ?? '']);
    return this.#reasoning;
  }

  get inPrompt(): Found {
    if (this.#first(1 << 10)) this.#inPrompt.load(this.answer, this.promptSet);
    return this.#inPrompt;
  }

  get inContext(): Found {
    if (this.#first(1 << 11)) {
      this.context;
      this.#inContext.load(this.answer, this.#contextSet);
    }
    return this.#inContext;
  }

  get inFacts(): Found {
    if (this.#first(1 << 12)) {
      this.facts;
      this.#inFacts.load(this.answer, this.#factSet);
    }
    return this.#inFacts;
  }

  get inSources(): Found {
    if (this.#first(1 << 13)) {
      this.context;
      this.facts;
      this.#inSources.load(this.answer, this.promptSet, this.#contextSet, this.#factSet);
    }
    return this.#inSources;
  }

  get inReasoning(): Found {
    if (this.#first(1 << 14)) {
      this.reasoning;
      this.#inReasoning.load(this.answer, this.#reasoningSet);
    }
    return this.#inReasoning;
  }

  get reasoningInSources(): Found {
    if (this.#first(1 << 15)) {
      this.context;
      this.facts;
      this.#reasoningInSources.load(this.reasoning, this.promptSet, this.#contextSet, this.#factSet);
    }
    return this.#reasoningInSources;
  }

  get promptRun(): number {
    if (this.#first(1 << 16)) this.#promptRun = this.#runs.find(this.answer, this.prompt);
    return this.#promptRun;
  }

  get contextRun(): number {
    if (this.#first(1 << 17)) this.#contextRun = this.#runs.find(this.answer, this.context);
    return this.#contextRun;
  }

  get runNearQuestion(): number {
    if (this.#first(1 << 18)) {
      const length = this.#runs.find(this.answer, this.context);
      this.#nearQuestion = shareNear(this.context, this.#runs.at, length, this.prompt);
    }
    return this.#nearQuestion;
  }

  get promptInContext(): Found {
    if (this.#first(1 << 19)) {
      this.context;
      this.#promptInContext.load(this.prompt, this.#contextSet);
    }
    return this.#promptInContext;
  }

  get reasoningGist(): Gist {
    if (this.#first(1 << 20)) this.#reasoningGist.load(this.reasoning, this.record.reasoning ?? '');
    return this.#reasoningGist;
  }

  get own(): Pool {
    if (this.#first(1 << 21)) this.#own.load(this, false);
    return this.#own;
  }

  get others(): Pool {
    if (this.#first(1 << 22)) this.#others.load(this, true);
    return this.#others;
  }
}

/** Scans texts one after another into one list of words and the set of them. */
function scanAll(words: Words, set: WordMap, texts: readonly string[] | null | undefined): void {
  words.clear();
  set.clear();
  for (const text of texts ?? []) {
    words.ended = false;
    scanWords(text, words);
  }
  for (let w = 0; w < words.n; w++) set.set(words.ids[w], 1);
}
