import { packedTokens } from '../../data/duck/token-block.js';
import { dropScores } from '../../data/grades/drop-scores.js';
import { isNaming, type Naming, nameRecord, namingOn } from '../../data/naming.js';
import type { LogFormat, Requests } from '../../data/read/formats/log-format.js';
import type { BadLine } from '../../data/read/row.js';
import type { RowSink } from '../../data/read/row-sink.js';
import { LineReader } from '../../data/scan/line-reader.js';
import { Scanner } from '../../data/scan/scanner.js';
import type { Logged } from '../../data/token-list.js';
import type { Scorer } from '../scorer.js';
import type { AnswerRows, Block, LineRows } from './block.js';
import { type BadRow, badRow } from './out/bad-row.js';
import type { Encoder, Part } from './out/format.js';
import type { Trace } from './out/trace.js';
import { scoreChunk } from './score-chunk.js';
import { countBad, countScores, countUnknownKeys, countUnseen, newTally, type Tally } from './tally.js';

/** The result of scoring a block. It is plain data, so that a thread can send it. */
export interface BlockScores {
  /** Rows scored. */
  rows: number;
  /** Their scores in the form that the output format takes. */
  part: Part;
  bad: BadRow[];
  tally: Tally;
  /** Id of the last row; null if it is a bad line. */
  id: string | null;
}

export interface BlockJob {
  badLines: 'stop' | 'skip';
  requests: Requests;
  /** The readers of plug-ins. */
  readers?: readonly LogFormat[];
  /** Largest number of reasons per row; absent: no reasons. */
  reasons?: number;
  /** Names for models and tasks that this run adds to those of the bundle. */
  naming?: Naming;
  /** Whether an earlier score led to all rows. */
  selected?: boolean;
  /** CSV: write texts unchanged. */
  rawCsv?: boolean;
  /** CSV and Parquet: with the columns `grounded` and `groundedBy`. */
  grounded?: boolean;
  /** Where the scores come from, if each row is to say so. */
  trace?: Trace;
}

/** Reads and scores blocks. Each thread has one. The result depends only on the block. */
export class BlockScorer {
  readonly #scanner = new Scanner();
  readonly #naming: Naming | null;
  readonly #known: { models: Set<string>; tasks: Set<string> };

  constructor(
    private readonly scorer: Scorer,
    private readonly encoder: Pick<Encoder, 'part'>,
    private readonly job: BlockJob,
  ) {
    const { models, tasks } = scorer.manifest.data;
    const naming = namingOn(scorer.manifest.naming, job.naming);
    this.#naming = isNaming(naming) ? naming : null;
    this.#known = { models: new Set(models), tasks: new Set(tasks) };
  }

  /** Errors: those of a bad line, if bad lines stop the run. */
  async score({ file, rows }: Pick<Block, 'file' | 'rows'>): Promise<BlockScores> {
    const { answers, packed, bad, passed, id } = 'lines' in rows ? this.#read(rows, file) : rows;
    packed.forEach((tokens, i) => {
      if (tokens !== undefined) answers[i].tokens = packedTokens(tokens.block, tokens.span);
    });
    if (this.#naming !== null) for (const answer of answers) nameRecord(answer, this.#naming);
    if (this.job.selected === true) for (const answer of answers) answer.selected = true;
    const scores = await scoreChunk(this.scorer, answers, { reasons: this.job.reasons });
    const tally = newTally();
    const badRows = bad.map(badRow);
    tally.passed += passed;
    countScores(tally, scores);
    countBad(tally, badRows);
    countUnknownKeys(tally, answers);
    countUnseen(tally, answers, this.#known);
    return { rows: scores.length, part: this.encoder.part(scores), bad: badRows, tally, id };
  }

  #read({ plan, lines }: LineRows, file: string): AnswerRows {
    const reader = new LineReader(
      this.#scanner,
      plan,
      { requests: this.job.requests, readers: this.job.readers },
      file,
    );
    const answers: Logged[] = [];
    const bad: BadLine[] = [];
    let id: string | null = null;
    let passed = 0;
    const sink: RowSink = {
      before: dropScores,
      record: (record) => {
        answers.push(record);
        id = record.id;
      },
      bad: (line) => {
        if (this.job.badLines === 'stop') throw line.error;
        bad.push(line);
        id = null;
      },
      passed: () => {
        passed++;
      },
    };
    for (const line of lines) {
      id = null;
      reader.read(line, sink);
    }
    return { answers, packed: [], bad, passed, id };
  }
}
