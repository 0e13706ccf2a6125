import Libsql from 'libsql';
import { SCORED_PRIVATE, SCORED_PUBLIC } from '../../store/schema.js';
import { random } from '../../support/random.js';
import { DAY } from '../../support/time/day.js';
import { answerOf, type Year } from './simulated-year.js';

/** Simulated answers that are made by vouch itself; all others repeat them with their own number, id and time. */
const TEMPLATES = 5000;
/** Answers per transaction. */
const PART = 100_000;

/**
 * Fills a SQLite store of the version before the counts with statements of SQL, which is some twenty times as fast as
 * writing each answer. Every hundredth answer has a thumb. The hashes are random, so the chain does not verify.
 */
export function fillBySql(place: string, year: Omit<Year, 'answers'>, answers: number): void {
  const db = new Libsql(place);
  db.pragma('synchronous = OFF');
  const columns = [...SCORED_PUBLIC, ...SCORED_PRIVATE];
  db.exec(`create temp table template (k integer primary key, ${columns.join(', ')})`);
  const insert = db.prepare(`insert into template values (${['k', ...columns].map(() => '?').join(', ')})`);
  const draw = random('templates');
  db.exec('begin');
  for (let k = 0; k < TEMPLATES; k++) {
    const row = answerOf(k, { ...year, answers: TEMPLATES }, draw) as unknown as Record<string, unknown>;
    insert.run([k, ...columns.map((name) => row[name] ?? null)] as never);
  }
  db.exec('commit');
  const own: Record<string, string> = {
    id: "'a' || i",
    time: `${year.end - 365 * DAY} + i * ${(365 * DAY) / answers}`,
  };
  const values = columns.map((name) => (name === 'time' ? `cast(${own.time} as integer)` : (own[name] ?? `t.${name}`)));
  const hash = 'lower(hex(randomblob(32)))';
  for (let from = 0; from < answers; from += PART) {
    const to = Math.min(answers, from + PART);
    // the templates are in the order of the year, so each answer takes one of its own time
    db.exec(`begin; insert into vouch_scored (seq, salt, sealed, redacted, hash, ${columns.join(', ')})
      with recursive s(i) as (select ${from} union all select i + 1 from s where i + 1 < ${to})
      select i + 1, null, ${hash}, 0, ${hash}, ${values.join(', ')}
      from s join template t on t.k = cast((i / ${answers}.0) * ${TEMPLATES} as integer) where true; commit`);
  }
  db.exec(`begin; insert into vouch_feedback
    (seq, salt, sealed, redacted, hash, received, given, tenant, kind, label, source, contradicts, key, target, scored)
    select ${answers} + seq, null, ${hash}, 0, ${hash}, time + 3600000, null, tenant, 'thumb',
      case when abs(random() % 1000) / 1000.0 < probability then 1 else 0 end, 'thumb', 0, 'k' || seq, id, seq
    from vouch_scored where seq % 100 = 0;
    update vouch_head set seq = (select max(seq) from vouch_feedback), hash = (select hash from vouch_feedback
      order by seq desc limit 1); commit`);
  db.close();
}
