import { IN_MEMORY, type RecordSource } from '../../data/read/answer-source.js';
import { copied } from '../../data/read/copied.js';
import { canonical } from '../../data/read/record-rows.js';
import { answerReader } from './answer-rows.js';
import type { Block } from './block.js';
import { Cursor } from './resume/cursor.js';
import { START } from './resume/place.js';
import { type Shard, WHOLE } from './shard.js';

interface RecordBlockOptions {
  badLines: 'stop' | 'skip';
  shard?: Shard;
  /** Records of a block. */
  together: number;
}

/** Records in memory in blocks, each checked as a row of a file is; the caller's records stay as they are. */
export async function* recordBlocks(
  records: RecordSource,
  { badLines, shard = WHOLE, together }: RecordBlockOptions,
): AsyncGenerator<Block> {
  const reader = answerReader(IN_MEMORY, new Cursor(shard, START), { badLines, isText: false });
  let line = 0;
  for await (const record of records) {
    reader.add({ line: ++line, value: copied(record) }, canonical);
    if (reader.count >= together) yield { file: IN_MEMORY, ...reader.take(), bytes: 0 };
  }
  if (reader.count > 0) yield { file: IN_MEMORY, ...reader.take(), bytes: 0 };
}
