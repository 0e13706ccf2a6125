import { sql } from 'kysely';
import { compiledOnce } from '../compiled.js';
import type { Open } from '../schema.js';
import type { Part } from './fold.js';
import { BOUGHT_KEY, SPANS } from './tables.js';

/** Counts what policies bought: answers by the stages in their basis. */
export async function foldBought(db: Open, { after, to, sign }: Part): Promise<void> {
  await (sign === 1 ? added : taken)(db, { after, to });
}

/** Stands for the condition of a statement. */
const HERE = '{here}';

const [added, taken] = ([1, -1] as const).map((sign) =>
  compiledOnce((db, { after, to }: { after: number; to: number }) => {
    const [head, tail] = adding(sign)
      .split(HERE)
      .map((text) => sql.raw(text));
    return { compile: () => sql`${head}seq > ${after} and seq <= ${to}${tail}`.compile(db) };
  }),
);

function adding(sign: 1 | -1): string {
  return `insert into vouch_bought (${[...BOUGHT_KEY, 'n'].join(', ')})
    select w.span, (h.hour / w.span) * w.span, h.tenant, h.bundle, h.basis, h.decision, sum(h.n)
    from (select time / 3600000 as hour, tenant, bundle, basis, coalesce(decision, '') as decision, ${sign} * count(*) as n
      from vouch_scored where ${HERE} and basis like 'policy(%' group by 1, 2, 3, 4, 5) h
    cross join (${SPANS.map((span) => `select ${span} as span`).join(' union all ')}) w where true
    group by 1, 2, 3, 4, 5, 6
    on conflict (${BOUGHT_KEY.join(', ')}) do update set n = vouch_bought.n + excluded.n`;
}
