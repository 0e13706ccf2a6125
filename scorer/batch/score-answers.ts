import type { Writable } from 'node:stream';
import { namingOn } from '../../data/naming.js';
import type { RecordSource } from '../../data/read/answer-source.js';
import type { ReadOptions } from '../../data/read/answers.js';
import { announcement } from '../../data/read/formats/announce.js';
import type { Requests } from '../../data/read/formats/log-format.js';
import { MOST_LINE } from '../../data/read/lines.js';
import { requestsAmong } from '../../data/read/requests.js';
import type { Bundle } from '../../models/bundle/read.js';
import { VouchError } from '../../support/errors.js';
import type { Scorer } from '../scorer.js';
import type { Block } from './block.js';
import { BlockScorer, type BlockScores } from './block-scorer.js';
import { BLOCK_ROWS, blocksOf } from './blocks.js';
import { formatOf, jsonLinesFormat } from './out/formats.js';
import { openFileSink } from './out/open-file-sink.js';
import { badFileOf } from './out/out-paths.js';
import type { Sink } from './out/sink.js';
import { streamSink } from './out/stream-sink.js';
import { recordBlocks } from './record-blocks.js';
import { describeInputs } from './resume/input.js';
import type { Asked } from './resume/journal.js';
import { type Place, START } from './resume/place.js';
import { type Shard, WHOLE } from './shard.js';
import { stoppable, unlessStopped } from './stoppable.js';
import { addTally, badCount, newTally, type Tally } from './tally.js';
import { sharedBundle } from './threads/shared-bundle.js';
import { type BlockPool, canThread, threadPool } from './threads/threads.js';

/** Defaults of `vouch score`. */
export const scoreDefaults = {
  badLines: 'skip',
  /** Rows between two points that a run can go on from; also the rows of a Parquet row group and of a gzip member. */
  checkpoint: 8192,
  /** The most reasons a row gets where they are asked for. */
  reasons: 5,
} as const;

/** Inputs below this are scored in one thread: starting others would take longer. */
const FEW_BYTES = 2 ** 21;

export interface ScoreJob {
  /** `-` is standard input. */
  files: string[];
  /** Records to score instead of files. */
  records?: RecordSource;
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
  /** CSV: texts as they are, though a spreadsheet would run some as formulas. */
  rawCsv?: boolean;
  /** All rows count as reached because of an earlier score: no decision. */
  selected?: boolean;
  /** Version of vouch: another may score differently. */
  vouch: string;
  /** Threads to score in, and the verified bundle that they open, the scorer's; the bytes written are the same for any number. One where absent. */
  threads?: { count: number; bundle: Bundle };
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
  if (read.naming !== undefined) namingOn(scorer.manifest.naming, read.naming); // aliases in a circle are wrong usage, said at once
  const inputs = await describeInputs(job.files);
  const { answers, requests, sum } = await requestsAmong(job.files, read.format);
  const sink = await openSink(scorer, { ...job, read, shard, checkpoint }, { inputs, requests: sum }, watch);
  const tally = sink.from === undefined ? newTally() : structuredClone(sink.from.tally);
  const before = tally.rows;
  let place: Place = sink.from?.place ?? START;
  let whole = true;
  let unsafe = 0;
  const total = inputs.reduce((sum, { size }) => sum + (size ?? Number.NaN), 0) || 0;
  let pool: BlockPool | undefined;
  /** Takes in what became of a block; false where nobody reads on. */
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
      pool = poolOf(scorer, { ...job, read }, requests, total);
      const stopOrSkip = read.badLines ?? scoreDefaults.badLines;
      const files = blocksOf(answers, {
        ...{
          format: read.format,
          map: read.map,
          mostLine: read.mostLine,
          badLines: stopOrSkip,
        },
        ...{ context: { requests, detected: announcer(watch) }, shard, from: place },
      });
      const blocks =
        job.records === undefined
          ? files
          : recordBlocks(job.records, { badLines: stopOrSkip, shard, together: BLOCK_ROWS });
      const underWay: UnderWay[] = [];
      for await (const block of watch.stop ? stoppable(blocks, watch.stop) : blocks) {
        const scores = pool.score(block);
        scores.catch(() => {}); // it is thrown where it is waited for
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
  return { tally, before, whole };
}

/** Says once how rows are read. */
function announcer({ say }: Watch): (format: string, why: string) => void {
  const said = new Set<string>();
  return (format, why) => {
    const told = said.has(format) ? null : announcement(format, why);
    said.add(format);
    if (told !== null) say?.(told);
  };
}

interface UnderWay {
  block: Block;
  scores: Promise<BlockScores>;
}

function poolOf(scorer: Scorer, job: ScoreJob, requests: Requests, total: number): BlockPool {
  const { out, reasons, threads, read, files, selected, rawCsv } = job;
  const each = {
    badLines: read.badLines ?? scoreDefaults.badLines,
    requests,
    reasons,
    naming: read.naming,
    selected,
    rawCsv,
  };
  const small = total < FEW_BYTES && !files.includes('-');
  if (threads !== undefined && threads.count > 1 && canThread && !small)
    return threadPool(threads.count, { ...each, bundle: sharedBundle(threads.bundle), out });
  const encoder = (out === '-' ? jsonLinesFormat : formatOf(out)).open({ reasons: reasons !== undefined, rawCsv });
  const here = new BlockScorer(scorer, encoder, each);
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
  } = job;
  if (out === '-') {
    if (!resume) return streamSink(watch.stream ?? process.stdout, bad);
    throw new VouchError('BAD_USAGE', '--resume needs a file to go on with', {
      field: '--out',
      expected: 'a file',
      got: '-',
    });
  }
  const { format = null, map = null, naming = null, badLines = scoreDefaults.badLines, mostLine = MOST_LINE } = read;
  const rows = { badLines, mostLine, shard, checkpoint, reasons, selected, rawCsv };
  const asked = { vouch, bundle: scorer.digest, ...given, format, map, naming, ...rows };
  return openFileSink({ out, bad, resume, asked, say: watch.say ?? (() => {}) });
}

function noAnswers(tally: Tally, { files, out, bad }: ScoreJob): VouchError {
  const first = [...tally.bad.values()][0]?.first;
  const file = files.length === 0 ? undefined : files.join(', ');
  if (first === undefined) return new VouchError('NO_ANSWERS', 'the input is empty', { file });
  const aside = bad ?? (out === '-' ? undefined : badFileOf(out));
  const where = aside === undefined ? '' : ` All ${badCount(tally)} are in ${aside}.`;
  return new VouchError('NO_ANSWERS', 'no line is an answer', { file, hint: `The first bad line: ${first}${where}` });
}
