import type { Writable } from 'node:stream';
import type { ReadOptions } from '../../data/read/answers.js';
import { VouchError } from '../../support/errors.js';
import type { Scorer } from '../open.js';
import { chunksOf, START } from './chunks.js';
import { describeInputs, type Input } from './input.js';
import { openFileSink } from './open-file-sink.js';
import { badFileOf } from './out-paths.js';
import { scoreChunk } from './score-chunk.js';
import { type Shard, WHOLE } from './shard.js';
import type { Sink } from './sink.js';
import { stoppable } from './stoppable.js';
import { streamSink } from './stream-sink.js';
import { badCount, countBad, countScores, countUnknownKeys, countUnseen, newTally, type Tally } from './tally.js';

/** Defaults of `vouch score`. */
export const scoreDefaults = {
  badLines: 'skip',
  /** Rows between two points that a run can go on from; also the rows of a Parquet row group and of a gzip member. */
  checkpoint: 8192,
  /** The most reasons a row gets where they are asked for. */
  reasons: 5,
} as const;

/** Rows that are scored in one call: larger chunks only feed the garbage collector. */
export const CHUNK = 128;

export interface ScoreJob {
  /** `-` is standard input. */
  files: string[];
  read: ReadOptions;
  /** `-` is `stream`. */
  out: string;
  /** File of bad lines; `OUT.bad.jsonl` where absent, none for `-`. */
  bad?: string;
  resume?: boolean;
  shard?: Shard;
  checkpoint?: number;
  /** The most reasons a row gets; no such column where absent. */
  reasons?: number;
  /** Version of vouch: another may score differently. */
  vouch: string;
}

/** What a run is watched by; all of it may be left out. */
export interface Watch {
  stream?: Writable;
  stop?: AbortSignal;
  say?(text: string): void;
  /** Rows scored by this run, and how much of the input is taken, in bytes; total 0 where unknown. */
  progress?(rows: number, bytes: number, total: number): void;
}

export interface Scored {
  tally: Tally;
  /** Rows of it that an earlier run had scored. */
  before: number;
  /** False where the reader of the stream went away. */
  whole: boolean;
}

/**
 * Scores files of answers into a file or a stream, in order, with flat memory. A bad line has no row in the output. Errors:
 * those of reading and writing; NO_ANSWERS where no line was good; INTERRUPTED where `stop` fired.
 */
export async function scoreAnswers(scorer: Scorer, job: ScoreJob, watch: Watch = {}): Promise<Scored> {
  const { shard = WHOLE, checkpoint = scoreDefaults.checkpoint } = job;
  const read: ReadOptions = { ...job.read, badLines: job.read.badLines ?? scoreDefaults.badLines };
  const inputs = await describeInputs(job.files);
  const sink = await openSink(scorer, { ...job, read, shard, checkpoint }, inputs, watch);
  const tally = sink.from === undefined ? newTally() : structuredClone(sink.from.tally);
  const before = tally.rows;
  const { models, tasks } = scorer.manifest.data;
  const known = { models: new Set(models), tasks: new Set(tasks) };
  let place = sink.from?.place ?? START;
  let whole = true;
  let unsafe = 0;
  const total = inputs.reduce((sum, { size }) => sum + (size ?? Number.NaN), 0) || 0;
  try {
    if (!sink.from?.final) {
      const chunks = chunksOf(job.files, read, shard, CHUNK, place);
      for await (const chunk of watch.stop ? stoppable(chunks, watch.stop) : chunks) {
        const scores = await scoreChunk(scorer, chunk.records, { reasons: job.reasons }); // the graph runs in this thread; the disk reads on meanwhile
        countScores(tally, scores);
        countBad(tally, chunk.bad);
        countUnknownKeys(tally, chunk.records);
        countUnseen(tally, chunk.records, known);
        place = chunk.place;
        whole = await sink.add(scores, chunk.bad);
        if (!whole) break;
        unsafe += scores.length + chunk.bad.length;
        if (unsafe >= checkpoint) {
          await sink.mark(place, tally);
          unsafe = 0;
        }
        watch.progress?.(tally.rows - before, chunk.bytes, total);
      }
      if (tally.rows === 0 && (badCount(tally) > 0 || place.seen === 0)) {
        await sink.finishEmpty();
        throw noAnswers(tally, job);
      }
    }
    await sink.finish(place, tally);
  } catch (error) {
    throw await sink.abandon(error);
  }
  return { tally, before, whole };
}

type WholeJob = ScoreJob & { shard: Shard; checkpoint: number };

async function openSink(scorer: Scorer, job: WholeJob, inputs: Input[], watch: Watch): Promise<Sink> {
  const { out, bad, resume = false, read, vouch, shard, checkpoint, reasons = null } = job;
  if (out === '-') {
    if (!resume) return streamSink(watch.stream ?? process.stdout, bad);
    throw new VouchError('BAD_USAGE', '--resume needs a file to go on with', {
      field: '--out',
      expected: 'a file',
      got: '-',
    });
  }
  const { format = null, map = null, badLines = scoreDefaults.badLines } = read;
  const asked = { vouch, bundle: scorer.digest, inputs, format, map, badLines, shard, checkpoint, reasons };
  return openFileSink({ out, bad, resume, asked, say: watch.say ?? (() => {}) });
}

function noAnswers(tally: Tally, { files, out, bad }: ScoreJob): VouchError {
  const first = Object.values(tally.bad)[0]?.first;
  const file = files.join(', ');
  if (first === undefined) return new VouchError('NO_ANSWERS', 'the input is empty', { file });
  const aside = bad ?? (out === '-' ? undefined : badFileOf(out));
  const where = aside === undefined ? '' : ` All ${badCount(tally)} are in ${aside}.`;
  return new VouchError('NO_ANSWERS', 'no line is an answer', { file, hint: `The first bad line: ${first}${where}` });
}
