import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The stored result of one draw: log-losses by test question, the shipped learner, and the seconds of its whole recipe.
 */
export interface Draw {
  losses: Record<string, number[]>;
  chosen: string;
  seconds: number;
}

/** Code on which stored draws depend. */
const SOURCES = ['data', 'features', 'metrics', 'models', 'scorer', 'support', 'train', 'bench/small', 'bench/quality'];

/** SHA-256 of all code that draws depend on. */
export function sourceHash(): string {
  const hash = createHash('sha256');
  for (const folder of SOURCES) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    for (const file of files.sort()) hash.update(file).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex');
}

/** A draw from the cache, or else computed and stored. `key` contains everything that it depends on. */
export async function keptDraw(cache: string, key: string, make: () => Promise<Draw>): Promise<Draw> {
  mkdirSync(cache, { recursive: true });
  const file = join(cache, `draw-${createHash('sha256').update(key).digest('hex').slice(0, 24)}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Draw;
  const draw = await make();
  writeFileSync(`${file}.partial`, JSON.stringify(draw));
  renameSync(`${file}.partial`, file);
  return draw;
}
