/**
 * What the live measurement of `collect --revise` needs, from a log of bench/gateway-policy.ts: the first model's answers,
 * to train a bundle on (`first.jsonl`), and questions that are not in the log (`questions.jsonl`).
 * `npx tsx bench/best-of/live-questions.ts FOLDER [QUESTIONS] [SEED]`; FOLDER has the log.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askings } from '../gateway-policy/asking.js';

const [folder, count = '400', seed = '77'] = process.argv.slice(2);
const linesOf = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const log = readFileSync(join(folder, 'log.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));
const first = log.filter(({ id }) => id.endsWith('/first'));
writeFileSync(join(folder, 'first.jsonl'), linesOf(first));
const seen = new Set(first.map(({ request }) => request.messages.at(-1).content));
const others = askings(Number(seed), process.cwd()).filter(({ messages }) => !seen.has(messages.at(-1)!.content));
const questions = others
  .slice(0, Number(count))
  .map(({ id, ...more }) => ({ id: `r-${id}`, group: `r-${id}`, ...more }));
writeFileSync(join(folder, 'questions.jsonl'), linesOf(questions));
