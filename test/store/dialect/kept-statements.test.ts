import Libsql from 'libsql';
import { expect, it } from 'vitest';
import { keptStatements } from '../../../store/dialect/kept-statements.js';

function numbers() {
  const given = new Libsql(':memory:');
  given.exec('create table n (x integer primary key)');
  let prepared = 0;
  const counted = {
    prepare: (sql: string) => {
      prepared++;
      return given.prepare(sql);
    },
    close: () => given.close(),
  } as unknown as Libsql.Database;
  return { db: keptStatements(counted), exec: (sql: string) => given.exec(sql), prepared: () => prepared };
}

it('prepares a statement once, and again when 100 others were used since', () => {
  const { db, prepared } = numbers();
  const insert = 'insert into n values (?)';
  for (let x = 0; x < 50; x++) db.prepare(insert).run([x]);
  expect(prepared()).toBe(1);
  for (let i = 0; i < 99; i++) db.prepare(`select ${i} from n`).all([]);
  db.prepare(insert).run([50]);
  expect(prepared()).toBe(100);
  for (let i = 0; i < 100; i++) db.prepare(`select ${i}, 1 from n`).all([]);
  db.prepare(insert).run([51]);
  expect(prepared()).toBe(201);
  expect(db.prepare('select count(*) as n from n').all([])).toEqual([{ n: 52 }]);
});

it('gives rows one by one, while the same statement is asked again', () => {
  const { db } = numbers();
  for (let x = 0; x < 300; x++) db.prepare('insert into n values (?)').run([x]);
  const all = 'select x from n order by x';
  const seen: unknown[] = [];
  for (const row of db.prepare(all).iterate([])) {
    if (seen.length === 150) expect(db.prepare(all).all([])).toHaveLength(300);
    seen.push(row);
  }
  expect(seen).toEqual(Array.from({ length: 300 }, (_, x) => ({ x })));
});

it('a statement that failed does not keep a transaction from its end, and works again', () => {
  const { db, exec } = numbers();
  const insert = 'insert into n values (?)';
  exec('begin immediate');
  db.prepare(insert).run([1]);
  expect(() => db.prepare(insert).run([1])).toThrow('UNIQUE');
  db.prepare(insert).run([2]);
  db.prepare('commit').run([]);
  exec('alter table n add column y text');
  expect(db.prepare('select * from n').all([])).toEqual([
    { x: 1, y: null },
    { x: 2, y: null },
  ]);
});
