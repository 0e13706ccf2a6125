import { promptOf } from '../data/group.js';
import type { Answer } from '../data/token-list.js';
import { type AskedSum, askedSum } from './words/asked-sum.js';
import { checkEquations, type Equations } from './words/check-equations.js';
import { longestRun, notePlaces, type Places, type Run } from './words/common-run.js';
import { Found } from './words/found.js';
import { Gist } from './words/gist.js';
import { Options } from './words/listed-options.js';
import { shareNear } from './words/near.js';
import { Question, questionOf } from './words/question-form.js';
import { scanWords } from './words/scan.js';
import { countKinds, newTally, type Tally } from './words/tally.js';
import { WordMap } from './words/word-map.js';
import { Words } from './words/words.js';

/** The fields of a record that signals may read. References and labels are not among them. */
export type Readable = Pick<
  Answer,
  | 'model'
  | 'task'
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
  | 'embeddings'
  | 'similarities'
  | 'entailments'
  | 'features'
  | 'embeddings'
>;

/** A text of the record: its words, and where each of them occurs. */
interface Text {
  words: Words;
  places: Places;
}

/**
 * The texts of a record as signals read them. Each text is scanned when it is first used, and each getter computes its
 * result once per record. Results are in buffers that are reused, so they are valid until the next `load`.
 */
export class TextView {
  record: Readable = { answer: '' };
  /** The question as text; '' where not recorded. */
  promptText = '';
  readonly #prompt = newText();
  readonly #context = newText();
  readonly #facts = newText();
  readonly #reasoning = newText();
  readonly #answer = new Words();
  readonly #gist = new Gist();
  readonly #reasoningGist = new Gist();
  readonly #inPrompt = new Found();
  readonly #inContext = new Found();
  readonly #inFacts = new Found();
  readonly #inSources = new Found();
  readonly #inReasoning = new Found();
  readonly #promptInContext = new Found();
  readonly #reasoningInSources = new Found();
  readonly #promptRun: Run = { at: 0, length: 0 };
  readonly #contextRun: Run = { at: 0, length: 0 };
  readonly #promptTally = newTally();
  readonly #options = new Options();
  readonly #equations: Equations = { n: 0, wrong: 0 };
  readonly #reasoningEquations: Equations = { n: 0, wrong: 0 };
  #asked: AskedSum | null = null;
  #question: Question = 0;
  #done = 0;

  load(record: Readable): void {
    this.record = record;
    this.promptText = promptOf(record);
    this.#done = 0;
    this.#asked = null;
  }

  /** Whether this is the first call with this bit for the current record. Subclasses use bits from 24 on. */
  protected first(bit: number): boolean {
    if ((this.#done & (1 << bit)) !== 0) return false;
    this.#done |= 1 << bit;
    return true;
  }

  get #promptPlaces(): Text {
    if (this.first(0)) scanAll(this.#prompt, this.promptText, null);
    return this.#prompt;
  }

  get #contextPlaces(): Text {
    if (this.first(1)) scanAll(this.#context, null, this.record.context);
    return this.#context;
  }

  get #factPlaces(): Text {
    if (this.first(2)) scanAll(this.#facts, null, this.record.facts);
    return this.#facts;
  }

  get #reasoningPlaces(): Text {
    if (this.first(3)) scanAll(this.#reasoning, this.record.reasoning, null);
    return this.#reasoning;
  }

  get prompt(): Words {
    return this.#promptPlaces.words;
  }

  /** The distinct words of the prompt. */
  get promptSet(): WordMap {
    return this.#promptPlaces.places.first;
  }

  get context(): Words {
    return this.#contextPlaces.words;
  }

  get facts(): Words {
    return this.#factPlaces.words;
  }

  get reasoning(): Words {
    return this.#reasoningPlaces.words;
  }

  /** The distinct words of the reasoning, each with its first position. */
  get reasoningSet(): WordMap {
    return this.#reasoningPlaces.places.first;
  }

  get answer(): Words {
    if (this.first(4)) {
      this.#answer.clear();
      scanWords(this.record.answer, this.#answer);
    }
    return this.#answer;
  }

  get question(): Question {
    if (this.first(5)) this.#question = questionOf(this.prompt);
    return this.#question;
  }

  get gist(): Gist {
    if (this.first(6)) this.#gist.load(this.answer, this.record.answer);
    return this.#gist;
  }

  get reasoningGist(): Gist {
    if (this.first(7)) this.#reasoningGist.load(this.reasoning, this.record.reasoning ?? '');
    return this.#reasoningGist;
  }

  /** Which words of the answer occur in the prompt. */
  get inPrompt(): Found {
    if (this.first(8)) this.#inPrompt.load(this.answer, this.promptSet);
    return this.#inPrompt;
  }

  get inContext(): Found {
    if (this.first(9)) this.#inContext.load(this.answer, this.#contextPlaces.places.first);
    return this.#inContext;
  }

  get inFacts(): Found {
    if (this.first(10)) this.#inFacts.load(this.answer, this.#factPlaces.places.first);
    return this.#inFacts;
  }

  /** Which words of the answer occur in the prompt, the context or the facts. */
  get inSources(): Found {
    if (this.context.n === 0 && this.facts.n === 0) return this.inPrompt;
    if (this.first(11)) this.#findInSources(this.#inSources, this.answer);
    return this.#inSources;
  }

  /** Which words of the answer occur in the reasoning. */
  get inReasoning(): Found {
    if (this.first(12)) this.#inReasoning.load(this.answer, this.#reasoningPlaces.places.first);
    return this.#inReasoning;
  }

  /** Which words of the reasoning occur in the prompt, the context or the facts. */
  get reasoningInSources(): Found {
    if (this.first(13)) this.#findInSources(this.#reasoningInSources, this.reasoning);
    return this.#reasoningInSources;
  }

  /** Which words of the prompt occur in the context. */
  get promptInContext(): Found {
    if (this.first(14)) this.#promptInContext.load(this.prompt, this.#contextPlaces.places.first);
    return this.#promptInContext;
  }

  /** The longest sequence of words that occurs in both the answer and the prompt. */
  get promptRun(): Run {
    if (this.first(15)) longestRun(this.answer, this.prompt, this.#promptPlaces.places, this.#promptRun);
    return this.#promptRun;
  }

  /** The longest sequence of words that occurs in both the answer and the context. */
  get contextRun(): Run {
    if (this.first(16)) longestRun(this.answer, this.context, this.#contextPlaces.places, this.#contextRun);
    return this.#contextRun;
  }

  /** How many words of each kind the prompt has. */
  get promptTally(): Tally {
    if (this.first(20)) countKinds(this.prompt, this.promptText, this.#promptTally);
    return this.#promptTally;
  }

  /** The options that the prompt lists. */
  get options(): Options {
    if (this.first(17)) this.#options.load(this.prompt, this.promptText, this.answer, this.gist);
    return this.#options;
  }

  /** The answer's equations about the question. They may use results of the reasoning's equations. */
  get equations(): Equations {
    if (this.first(18)) {
      if (this.record.answer.includes('=')) this.reasoningEquations;
      checkEquations(this.record.answer, this.#askedSum, this.#equations);
    }
    return this.#equations;
  }

  get reasoningEquations(): Equations {
    if (this.first(19)) checkEquations(this.record.reasoning ?? '', this.#askedSum, this.#reasoningEquations);
    return this.#reasoningEquations;
  }

  /**
   * The numbers and operators that the question gives to calculate with; none where it asks for a person or a place.
   * Numbers of context and facts count only where the question may ask for a number.
   */
  readonly #askedSum = (): AskedSum => {
    if (this.#asked !== null) return this.#asked;
    const { question, record, promptText } = this;
    if (question === Question.PERSON || question === Question.PLACE) this.#asked = askedSum('', []);
    else {
      const turns = (record.messages ?? []).filter(({ role, content }) => role !== 'system' && content !== promptText);
      const said = turns.map(({ content }) => content ?? '');
      const passages = mayAskNumber(question) ? [...(record.context ?? []), ...(record.facts ?? [])] : [];
      this.#asked = askedSum(promptText, [...said, ...passages]);
    }
    return this.#asked;
  };

  /** Share of the prompt's content words near `contextRun` in the context. */
  get runNearQuestion(): number {
    return shareNear(this.context, this.contextRun, this.prompt);
  }

  #findInSources(found: Found, words: Words): void {
    found.load(words, this.promptSet, this.#contextPlaces.places.first, this.#factPlaces.places.first);
  }
}

function mayAskNumber(question: Question): boolean {
  return question === Question.NUMBER || question === Question.TIME || question === Question.UNKNOWN;
}

function newText(): Text {
  return { words: new Words(), places: { first: new WordMap(), next: new Int32Array(64) } };
}

/** Scans one text, or several as if they were one, and records where each word occurs. */
function scanAll(text: Text, one: string | null | undefined, several: readonly string[] | null | undefined): void {
  text.words.clear();
  if (one != null) scanWords(one, text.words);
  if (several != null) for (const part of several) scanWords(part, text.words);
  notePlaces(text.words, text.places);
}
