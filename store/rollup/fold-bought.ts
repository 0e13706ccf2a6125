import { statementsOfPart } from './statements-of-part.js';
import { BOUGHT_KEY, SPAN_ROWS } from './tables.js';

const KEY = BOUGHT_KEY.join(', ');

/** Counts what policies bought: answers by the stages in their basis. */
export const foldBought = statementsOfPart(
  (sign, part) => `insert into vouch_bought (${KEY}, n)
    select w.span, (h.hour / w.span) * w.span, h.tenant, h.bundle, h.basis, h.decision, sum(h.n)
    from (select s.time / 3600000 as hour, s.tenant, s.bundle, s.basis, coalesce(s.decision, '') as decision,
        ${sign} * count(*) as n
      from vouch_scored s where ${part} and s.basis like 'policy(%' group by 1, 2, 3, 4, 5) h
    cross join (${SPAN_ROWS}) w where true
    group by 1, 2, 3, 4, 5, 6
    on conflict (${KEY}) do update set n = vouch_bought.n + excluded.n`,
);
