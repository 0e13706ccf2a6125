import type { Writable } from 'node:stream';
import { namingOn } from '../../data/naming.js';
import type { RecordSource } from '../../data/read/answer-source.js';
import type { ReadOptions } from '../../data/read/answers.js';
import { announcement } from '../../data/read/formats/announce.js';
import type { Requests } from '../../data/read/formats/log-format.js';
import { MOST_LINE } from '../../data/read/lines.js';
import { requestsAmong } from '../../data/read/requests.js';
import { checkFormat } from '../../data/read/rows.js';
import type { EncoderFact } from '../../meaning/encoder/open-encoder.js';
import type { Bundle } from '../../models/bundle/read.js';
import { VouchError } from '../../support/errors.js';
import { factOf, modulesOf, type Plugins } from '../../support/plugins/plugin.js';
import { thousands } from '../../support/words/thousands.js';
import type { Scorer } from '../scorer.js';
import type { Block } from './block.js';
import { BlockScorer, type BlockScores } from './block-scorer.js';
import { BLOCK_ROWS, blocksOf } from './blocks.js';
import { formatOf, jsonLinesFormat } from './out/formats.js';
import { openFileSink } from './out/open-file-sink.js';
import { badFileOf } from './out/out-paths.js';
import type { Sink } from './out/sink.js';
import { streamSink } from './out/stream-sink.js';
import type { Trace } from './out/trace.js';
import { recordBlocks } from './record-blocks.js';
import { describeInputs } from './resume/input.js';
import type { Asked } from './resume/journal.js';
import { type Place, START } from './resume/place.js';
import { type Shard, WHOLE } from './shard.js';
import { stoppable, unlessStopped } from './stoppable.js';
import { addTally, badCount, newTally, type Tally } from './tally.js';
import { sharedBundle } from './threads/shared-bundle.js';
import { type BlockPool, canThread, threadPool } from './threads/threads.js';
import { isWorthThreads } from './threads/worth-threads.js';

/** Defaults of `vouch score`. */
export const scoreDefaults = {
  badLines: 'skip',
  /**
   * Rows between two points from which a run can be resumed; also the rows of a Parquet row group and of a gzip member.
   */
  checkpoint: 8192,
  /** Largest number of reasons per row, if reasons are asked for. */
  reasons: 5,
} as const;

export interface ScoreJob {
  /** `-` is standard input. */
  files: string[];
  /** Records to score instead of files. */
  records?: RecordSource;
  read: ReadOptions;
  /** `-` is `stream`. */
  out: string;
  /** File for bad lines; default `OUT.bad.jsonl`, none for `-`. */
  bad?: string;
  resume?: boolean;
  shard?: Shard;
  checkpoint?: number;
  /** Largest number of reasons per row; absent: no such column. */
  reasons?: number;
  /** CSV: write texts unchanged, although a spreadsheet would run some of them as formulas. */
  rawCsv?: boolean;
  /** CSV and Parquet: adds the columns `grounded` and `groundedBy`. */
  grounded?: boolean;
  /** The text models that read the records. */
  encoders?: readonly EncoderFact[];
  /** Whether an earlier score led to all rows: then there are no decisions. */
  selected?: boolean;
  /** The clock. It gives the times of OUT.trace.json; without it that file is not written. */
  now?: () => Date;
  /** Adds the columns `digest` and `time` to each row; it needs the clock. */
  trace?: boolean;
  /** Version of vouch. Another version may score differently. */
  vouch: string;
  /**
   * Number of threads, and the verified bundle that they open, the same as the scorer's. The output bytes do not depend
   * on the number. Absent: one thread. Plug-ins that are objects cannot be sent to threads: then there is one thread.
   */
  threads?: { count: number; bundle: Bundle; plugins?: Plugins; encoders?: readonly string[] };
}

/** Callbacks that observe a run; all are optional. */
export interface Watch {
  stream?: Writable;
  stop?: AbortSignal;
  say?(text: string): void;
  /** Number of rows that this run has scored, bytes of the input read, and bytes in total; total is 0 if unknown. */
  progress?(rows: number, bytes: number, total: number): void;
}

export interface Scored {
  tally: Tally;
  /** Number of these rows that an earlier run had scored. */
  before: number;
  /** False if the reader of the stream has gone away. */
  whole: boolean;
  /** When the run began: ISO 8601, UTC. Absent without a clock. */
  started?: string;
}

/**
 * Scores files of answers into a file or a stream, in order. Memory does not grow with the input. A bad line has no row
 * in the output. Errors: those of reading and writing; NO_ANSWERS if no line is good; INTERRUPTED if `stop` fires.
 */
export async function scoreAnswers(scorer: Scorer, job: ScoreJob, watch: Watch = {}): Promise<Scored> {
  const { shard = WHOLE, checkpoint = scoreDefaults.checkpoint } = job;
  const read: ReadOptions = { ...job.read, badLines: job.read.badLines ?? scoreDefaults.badLines };
  if (read.naming !== undefined) namingOn(scorer.manifest.naming, read.naming); // fail at once if aliases form a circle
  checkFormat(read.format, read.readers);
  const inputs = await describeInputs(job.files);
  const { answers, requests, sum } = await requestsAmong(job.files, read.format);
  const sink = await openSink(scorer, { ...job, read, shard, checkpoint }, { inputs, requests: sum }, watch);
  const started = sink.started ?? job.now?.().toISOString();
  const trace = job.trace === true ? { digest: scorer.digest, time: started ?? '' } : undefined;
  const tally = sink.from === undefined ? newTally() : structuredClone(sink.from.tally);
  const before = tally.rows;
  let place: Place = sink.from?.place ?? START;
  let whole = true;
  let unsafe = 0;
  const total = inputs.reduce((sum, { size }) => sum + (size ?? Number.NaN), 0) || 0;
  let pool: BlockPool | undefined;
  /** Takes the result of a block; returns false if nobody reads the output any more. */
  const take = async ({ block, scores }: UnderWay): Promise<boolean> => {
    const { rows, part, bad, tally: counts, id } = await (watch.stop ? unlessStopped(scores, watch.stop) : scores);
    addTally(tally, counts);
    place = { ...block.place, id };
    whole = await sink.add(part, bad);
    if (!whole) return false;
    unsafe += rows + bad.length;
    if (unsafe >= checkpoint) {
      await sink.mark(place, tally);
      unsafe = 0;
    }
    watch.progress?.(tally.rows - before, block.bytes, total);
    return true;
  };
  try {
    if (!sink.from?.final) {
      pool = poolOf(scorer, { ...job, read, trace }, requests, total);
      const stopOrSkip = read.badLines ?? scoreDefaults.badLines;
      const files = blocksOf(answers, {
        ...{
          format: read.format,
          map: read.map,
          mostLine: read.mostLine,
          badLines: stopOrSkip,
        },
        ...{ context: { requests, readers: read.readers, detected: announcer(watch) }, shard, from: place },
      });
      const blocks =
        job.records === undefined
          ? files
          : recordBlocks(job.records, { badLines: stopOrSkip, shard, together: BLOCK_ROWS });
      const underWay: UnderWay[] = [];
      for await (const block of watch.stop ? stoppable(blocks, watch.stop) : blocks) {
        const scores = pool.score(block);
        scores.catch(() => {}); // the error is thrown where the promise is awaited
        underWay.push({ block, scores });
        if (underWay.length >= pool.ahead && !(await take(underWay.shift() as UnderWay))) break;
      }
      while (whole && underWay.length > 0) await take(underWay.shift() as UnderWay);
      if (tally.rows === 0 && (badCount(tally) > 0 || place.seen === 0)) {
        await sink.finishEmpty();
        throw noAnswers(tally, job);
      }
    }
    await sink.finish(place, tally);
  } catch (error) {
    throw await sink.abandon(error);
  } finally {
    await pool?.close();
  }
  return { tally, before, whole, started };
}

/** Reports how rows are read, once per format. */
function announcer({ say }: Watch): (format: string, why: string) => void {
  const announced = new Set<string>();
  return (format, why) => {
    const message = announced.has(format) ? null : announcement(format, why);
    announced.add(format);
    if (message !== null) say?.(message);
  };
}

interface UnderWay {
  block: Block;
  scores: Promise<BlockScores>;
}

function poolOf(
  scorer: Scorer,
  job: Omit<ScoreJob, 'trace'> & { trace?: Trace },
  requests: Requests,
  total: number,
): BlockPool {
  const { out, reasons, threads, read, files, selected, rawCsv, grounded, trace } = job;
  const each = {
    badLines: read.badLines ?? scoreDefaults.badLines,
    requests,
    reasons,
    naming: read.naming,
    selected,
    rawCsv,
    grounded,
    trace,
  };
  const plugins = modulesOf(threads?.plugins ?? []);
  const isWorth = threads !== undefined && isWorthThreads({ files, bytes: total, encoders: threads.encoders });
  if (isWorth && threads.count > 1 && canThread && plugins !== null)
    return threadPool(threads.count, {
      ...each,
      bundle: sharedBundle(threads.bundle),
      plugins,
      encoders: threads.encoders,
      out,
    });
  const encoder = (out === '-' ? jsonLinesFormat : formatOf(out)).open({
    reasons: reasons !== undefined,
    rawCsv,
    grounded,
    trace,
  });
  const here = new BlockScorer(scorer, encoder, { ...each, readers: read.readers });
  return { ahead: 1, score: (block) => here.score(block), close: async () => {} };
}

type WholeJob = ScoreJob & { shard: Shard; checkpoint: number };

async function openSink(
  scorer: Scorer,
  job: WholeJob,
  given: Pick<Asked, 'inputs' | 'requests'>,
  watch: Watch,
): Promise<Sink> {
  const {
    out,
    bad,
    resume = false,
    read,
    vouch,
    shard,
    checkpoint,
    reasons = null,
    selected = false,
    rawCsv = false,
    grounded = false,
    encoders = [],
    trace = false,
    now,
  } = job;
  if (out === '-') {
    if (!resume) return streamSink(watch.stream ?? process.stdout, bad);
    throw new VouchError('BAD_USAGE', 'resuming needs an output file to continue', {
      field: 'out',
      expected: 'a file',
      got: '-',
    });
  }
  const { format = null, map = null, naming = null, badLines = scoreDefaults.badLines, mostLine = MOST_LINE } = read;
  const rows = { badLines, mostLine, shard, checkpoint, reasons, selected, rawCsv, trace };
  const plugins = job.threads?.plugins ?? [];
  const used = {
    ...(grounded ? { grounded } : {}),
    ...(plugins.length === 0 ? {} : { plugins: plugins.map(factOf) }),
    ...(encoders.length === 0 ? {} : { encoders }),
  };
  const asked = { vouch, bundle: scorer.digest, ...given, format, map, naming, ...rows, ...used };
  return openFileSink({ out, bad, resume, asked, now, say: watch.say ?? (() => {}) });
}

function noAnswers(tally: Tally, { files, out, bad }: ScoreJob): VouchError {
  const first = [...tally.bad.values()][0]?.first;
  const file = files.length === 0 ? undefined : files.join(', ');
  if (first === undefined) return new VouchError('NO_ANSWERS', 'the input is empty', { file });
  const aside = bad ?? (out === '-' ? undefined : badFileOf(out));
  const where = aside === undefined ? '' : ` All ${thousands(badCount(tally))} are in ${aside}.`;
  return new VouchError('NO_ANSWERS', 'no line is an answer', { file, hint: `The first bad line: ${first}${where}` });
}
