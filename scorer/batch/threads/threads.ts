import { Worker } from 'node:worker_threads';
import type { Bundle } from '../../../models/bundle/read.js';
import type { Block } from '../block.js';
import type { BlockJob, BlockScores } from '../block-scorer.js';
import { type PackedBlock, packed } from './packed-block.js';
import { type PlainError, revived } from './plain-error.js';

/** The data that a thread is started with. */
export interface ThreadData extends Omit<BlockJob, 'readers'> {
  /** The verified bundle, in memory that the threads share. */
  bundle: Bundle;
  /** The modules of the plug-ins that the bundle may use; each thread loads them. */
  plugins?: readonly string[];
  /** The folders of the encoders that the bundle may use; each thread opens them. */
  encoders?: readonly string[];
  /** Name of the output, which gives the format. */
  out: string;
}

export interface ToThread {
  id: number;
  block: PackedBlock;
}

export interface FromThread {
  id: number;
  scores?: BlockScores;
  error?: PlainError;
}

/** Where blocks are scored: in this thread, or in others. */
export interface BlockPool {
  /** Number of blocks that should be in progress at the same time. */
  readonly ahead: number;
  score(block: Block): Promise<BlockScores>;
  close(): Promise<void>;
}

interface Thread {
  worker: Worker;
  /** Blocks that the thread has received. A second one waits there, so that the thread is never idle. */
  doing: Map<number, { resolve(scores: BlockScores): void; reject(error: unknown): void }>;
}

/** Number of blocks that a thread has at a time. */
const EACH = 2;
/** A thread's heap holds little more than its block. A small heap is collected before it grows. */
const resourceLimits = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 32 };

/** Whether threads can be started: not when running from TypeScript sources, which need the main thread's loader. */
export const canThread = import.meta.url.endsWith('.js');

/** Scores blocks in `count` threads; each is started when there is work for it. If a thread dies, its blocks fail. */
export function threadPool(count: number, data: ThreadData): BlockPool {
  const threads: Thread[] = [];
  let ids = 0;

  function start(): Thread {
    const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: data, resourceLimits });
    const thread: Thread = { worker, doing: new Map() };
    worker.on('message', ({ id, scores, error }: FromThread) => {
      const waiting = thread.doing.get(id);
      thread.doing.delete(id);
      if (scores !== undefined) waiting?.resolve(scores);
      else waiting?.reject(revived(error as PlainError));
    });
    const die = (error: unknown) => {
      for (const { reject } of thread.doing.values()) reject(error);
      thread.doing.clear();
    };
    worker.on('error', die);
    worker.on('exit', () => die(new Error('a thread ended before its work was done')));
    threads.push(thread);
    return thread;
  }

  return {
    ahead: count * EACH,
    score: (block) => {
      const idle = threads.find(({ doing }) => doing.size === 0);
      const thread =
        idle ??
        (threads.length < count
          ? start()
          : threads.reduce((least, other) => (other.doing.size < least.doing.size ? other : least)));
      return new Promise((resolve, reject) => {
        const id = ids++;
        thread.doing.set(id, { resolve, reject });
        const { block: message, handed } = packed(block);
        thread.worker.postMessage({ id, block: message } satisfies ToThread, handed);
      });
    },
    close: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
