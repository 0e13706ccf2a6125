import { writeAtomic } from '../../support/atomic.js';
import { plural } from '../../support/words/plural.js';
import type { BadLine } from '../read/answers.js';

/** Writes lines that could not be read to `path`, each with its reason; returns a sentence for the summary, or none. */
export async function setAside(bad: BadLine[], path: string): Promise<string[]> {
  if (bad.length === 0) return [];
  const lines = bad.map(({ file, line, text, error }) =>
    JSON.stringify({ file, line, code: `VOUCH_${error.code}`, message: error.message, text }),
  );
  await writeAtomic(path, `${lines.join('\n')}\n`);
  const count = plural(bad.length, 'line');
  const were = bad.length === 1 ? 'was' : 'were';
  return [`${count} could not be read and ${were} set aside in ${path}; the first: ${bad[0].error.message}`];
}
