import { type ReadOptions, readAnswers } from '../../data/read/answers.js';
import { writeJsonLines } from '../../data/write/json-lines.js';

/** Reads the answers once more and writes those whose id is in `ids`, labels joined, as canonical JSON Lines. */
export async function writeHeldOut(
  files: string[],
  options: ReadOptions,
  ids: Set<string>,
  path: string,
): Promise<void> {
  const out = await writeJsonLines(path);
  try {
    for await (const { records } of readAnswers(files, options)) {
      for (const record of records) if (ids.has(record.id)) await out.write(record);
    }
    await out.close();
  } catch (error) {
    await out.abort();
    throw error;
  }
}
