import { sql } from 'kysely';
import { compiledOnce } from '../compiled.js';
import type { Open } from '../schema.js';

/** Rows of the chain that are counted together. */
export interface Part {
  /** Numbers after this one, up to and including `to`. */
  after: number;
  to: number;
  /** 1 adds the rows to the counts, −1 takes them away. */
  sign: 1 | -1;
}

/** Stands for the condition that picks the rows. */
const HERE = '{here}';

/**
 * Counts a part of the chain by a statement of ours over `vouch_scored s`, which is compiled once for each sign. `write`
 * gets the text that stands for the condition.
 */
export function statementsOfPart(
  write: (sign: 1 | -1, part: string) => string,
): (db: Open, part: Part) => Promise<void> {
  const [added, taken] = ([1, -1] as const).map((sign) =>
    compiledOnce((db, { after, to }: { after: number; to: number }) => {
      const [head, tail] = write(sign, HERE)
        .split(HERE)
        .map((text) => sql.raw(text));
      return { compile: () => sql`${head}s.seq > ${after} and s.seq <= ${to}${tail}`.compile(db) };
    }),
  );
  return async (db, { after, to, sign }) => {
    await (sign === 1 ? added : taken)(db, { after, to });
  };
}
