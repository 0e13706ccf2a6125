/**
 * Rows per cpu-second from a Parquet file with nested tokens (30 tokens with 5 alternatives, prompt and answer of about
 * 25 words) to signals: token signals alone, and with those of texts; by DuckDB's vectors, and by the plain reader
 * (hyparquet) on the first rows. JavaScript uses one thread; DuckDB's own threads are counted. `npx tsx
 * bench/parquet.ts [--rows 40000] [--rounds 5]`; the bars: 50,000 and 20,000.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { checkAnswer } from '../data/check-record.js';
import { packedTokens } from '../data/duck/token-block.js';
import type { Part } from '../data/read/formats/log-format.js';
import { rowsOf } from '../data/read/rows.js';
import type { Answer } from '../data/token-list.js';
import { features } from '../features/list.js';
import { rowMaker } from '../features/row.js';
import { makeLines } from './features/lines.js';
import { machine } from './venv.js';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '40000' }, rounds: { type: 'string', default: '5' } },
});
const count = Number(values.rows);
const rounds = Number(values.rounds);
const topK = 5;
const dir = mkdtempSync(join(tmpdir(), 'vouch-bench-parquet-'));
const file = join(dir, 'answers.parquet');

/** Answers as DuckDB writes them. First 5,000 are made as JSON Lines; they are then repeated with other ids. */
async function write(): Promise<void> {
  const made = 5000;
  writeFileSync(
    join(dir, 'answers.jsonl'),
    makeLines(made, { tokens: 30, alternatives: topK, words: 25 }, 'bench/parquet'),
  );
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  const pair = 'token VARCHAR, logprob DOUBLE';
  const tokens = `STRUCT(${pair}, top STRUCT(${pair})[])[]`;
  const columns = `{id: 'VARCHAR', model: 'VARCHAR', prompt: 'VARCHAR', answer: 'VARCHAR', tokens: '${tokens}'}`;
  const times = Math.ceil(count / made);
  await connection.run(
    `COPY (SELECT id || '/' || copy AS id, * EXCLUDE (id, copy) FROM read_json('${join(dir, 'answers.jsonl')}', ` +
      `format = 'newline_delimited', columns = ${columns}), range(${times}) t(copy) LIMIT ${count}) TO '${file}' ` +
      '(FORMAT parquet, ROW_GROUP_SIZE 10000)',
  );
}

interface Cost {
  rows: number;
  cpu: number;
  wall: number;
}

async function signals(names: (name: string) => boolean, packed: boolean, most: number): Promise<Cost> {
  const numeric = features.filter(({ name }) => names(name)).map(({ name, version }) => `${name}@${version}`);
  const maker = rowMaker({ topK, numeric, categorical: [] });
  const row = new Float64Array(numeric.length);
  const none = new Int32Array(0);
  const cpu = process.cpuUsage();
  const start = performance.now();
  let rows = 0;
  for await (const piece of rowsOf(file, { packed })) {
    for (const one of piece.rows) {
      const record: Answer = checkAnswer(theOne(piece.convert(one)), file, one.line);
      if (one.tokens !== undefined) record.tokens = packedTokens(one.tokens.block, one.tokens.span);
      maker.row(record, row, 0, none, 0);
      rows++;
    }
    if (rows >= most) break;
  }
  const { user, system } = process.cpuUsage(cpu);
  return { rows, cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1000 };
}

const isToken = (name: string) => name.startsWith('tokens.');
/** Signals of the log-probabilities alone, which do not depend on the tokens' text. */
const isNumber = (name: string) => isToken(name) && !/^tokens\.(key|fresh|onset|decisive)/.test(name);
const isTokenOrText = (name: string) => /^(tokens|text|question|reasoning)\./.test(name);
const ways: [string, (name: string) => boolean, (names: (name: string) => boolean) => Promise<Cost>][] = [
  ['DuckDB, signals of log-probabilities alone', isNumber, (names) => signals(names, true, count)],
  ['DuckDB, all token signals', isToken, (names) => signals(names, true, count)],
  ['DuckDB, token and text signals', isTokenOrText, (names) => signals(names, true, count)],
  ['hyparquet, all token signals', isToken, (names) => signals(names, false, 1000)],
];

await write();
try {
  const costs = new Map<string, Cost[]>(ways.map(([name]) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, names, run] of ways) {
      const cost = await run(names);
      if (round >= 0) costs.get(name)!.push(cost);
    }
  }
  console.log(`# bench/parquet: ${machine()}`);
  console.log(`${count} rows, 30 tokens × top-5, ${rounds} rounds, medians\n`);
  console.log('| | signals | rows per cpu-second | rows per second |\n| --- | ---: | ---: | ---: |');
  const rate = (list: Cost[], of: 'cpu' | 'wall') => median(list.map((cost) => cost.rows / cost[of]));
  [...costs].forEach(([name, list], i) => {
    const width = features.filter((feature) => ways[i][1](feature.name)).length;
    console.log(`| ${name} | ${width} | ${rate(list, 'cpu').toFixed(0)} | ${rate(list, 'wall').toFixed(0)} |`);
  });
  const [numbers, tokens, texts] = [...costs.values()].map((list) => rate(list, 'cpu'));
  const met = (isMet: boolean) => (isMet ? 'met' : 'not met');
  console.log(
    `\nbars: 50,000 ${met(tokens >= 5e4)} by all token signals, ${met(numbers >= 5e4)} by log-probabilities ` +
      `alone; 20,000 ${met(texts >= 2e4)}`,
  );
  if (tokens < 5e4 || texts < 2e4) process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true });
}

function median(list: number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1];
}

/** The record of a row that has one. */
function theOne(parts: Part[]): unknown {
  const [part] = parts;
  return 'record' in part ? part.record : undefined;
}
