import { basename } from 'node:path';
import { groupMaker } from '../data/group/maker.js';
import { readAnswers } from '../data/read/answers.js';
import type { AnswerRecord } from '../data/record.js';
import { nearPairs } from '../train/examine/suspect/near-pairs.js';
import { printCollector } from '../train/examine/suspect/prints.js';

/**
 * How well nearly equal questions are found, among the shipped questions (two wordings of each) and among copies of
 * them with polite phrases around. Recall: the share of pairs of one question that are joined. Precision: among joined
 * pairs with different texts, the share that are of one question. "7 times 9" and "7 times 8" are two questions. `node
 * --import tsx bench/near-questions.ts [FILES]`
 */
const files =
  process.argv.length > 2 ? process.argv.slice(2) : ['examples/smollm2.jsonl.gz', 'examples/gemma.jsonl.gz'];

/** Polite phrases around a question. None of them is in the tests. */
const frames: ((question: string) => string)[] = [
  (q) => `Please: ${q}`,
  (q) => `${q} Thanks.`,
  (q) => `Hello! I hope you're doing well. ${q}`,
  (q) => `${q} Thank you so much for your help!`,
  (q) => `hey there, ${q.toLowerCase()}`,
  (q) => `Can you please help me with this: ${q}`,
  (q) => q.replaceAll(/[?.]/g, ''),
  (q) => `${q.toUpperCase()} PLEASE`,
  (q) => `Good evening. Could you tell me: ${q} Much appreciated.`,
  (q) => `Quick question: ${q} Cheers!`,
];

interface Asked {
  question: string;
  record: AnswerRecord;
}

/** One row for each wording of each question; the question is the group. */
async function shipped(file: string): Promise<Asked[]> {
  const seen = new Set<string>();
  const asked: Asked[] = [];
  for await (const { records } of readAnswers([file], {})) {
    for (const record of records) {
      const key = JSON.stringify([record.group, record.prompt]);
      if (seen.has(key)) continue;
      seen.add(key);
      const { context } = record;
      const prompt = record.prompt?.replace(/\nAnswer:$/, ''); // what a base model is shown besides
      asked.push({ question: record.group as string, record: { id: key, prompt, context, answer: '' } });
    }
  }
  return asked;
}

type Pair = [number, number];

/** Pairs of rows that the grouping joins; each row has its own name. */
function byKey(asked: readonly Asked[]): Pair[] {
  const maker = groupMaker();
  asked.forEach(({ record }, i) => {
    maker.add({ ...record, group: `row ${i}` });
  });
  const { groups } = maker.finish();
  return pairsOf(groups);
}

/** Pairs that the report finds by the similarity of their words. */
function byLikeness(asked: readonly Asked[]): Pair[] {
  const prints = printCollector();
  for (const { record } of asked) prints.add(record);
  const found = nearPairs(prints.finish(), [...asked.keys()]).map(({ a, b }) => [Math.min(a, b), Math.max(a, b)]);
  return [...new Map(found.map((pair) => [pair.join(), pair as Pair])).values()];
}

function pairsOf(groups: readonly string[]): Pair[] {
  const members = new Map<string, number[]>();
  groups.forEach((group, i) => {
    members.set(group, [...(members.get(group) ?? []), i]);
  });
  return [...members.values()].flatMap((rows) => rows.flatMap((a, i) => rows.slice(i + 1).map((b): Pair => [a, b])));
}

/**
 * Recall over pairs that are one question, precision over joined pairs of different texts, and joined pairs that are
 * not one.
 */
function judged(asked: readonly Asked[], joined: readonly Pair[]): string[] {
  const same = ([a, b]: Pair) => asked[a].question === asked[b].question;
  const gold = pairsOf(asked.map(({ question }) => question)).length;
  const right = joined.filter(same).length;
  const wrong = joined.filter((pair) => !same(pair));
  for (const [a, b] of wrong.slice(0, 3)) console.error(`joined: ${textOf(asked[a])} | ${textOf(asked[b])}`);
  const precision = right + wrong.length === 0 ? '–' : (right / (right + wrong.length)).toFixed(4);
  return [String(gold), (right / gold).toFixed(4), precision, String(wrong.length)];
}

function textOf({ record: { prompt, context } }: Asked): string {
  return `${prompt} ${context ?? ''}`;
}

const header = ['', 'pairs of one question', 'recall', 'precision', 'wrongly joined'];
for (const row of [header, ['---', '---:', '---:', '---:', '---:']]) console.log(`| ${row.join(' | ')} |`);
for (const file of files) {
  const all = await shipped(file);
  const named = all.map(({ record }) => ({ question: textOf({ question: '', record }), record }));
  const unique = [...new Map(named.map((asked) => [asked.question, asked])).values()];
  const framed = unique.flatMap(({ question, record }, i): Asked[] => [
    { question, record },
    { question, record: { ...record, prompt: frames[i % frames.length](record.prompt as string) } },
  ]);
  const sets = { 'two wordings': all, 'polite copies': framed };
  for (const [set, asked] of Object.entries(sets)) {
    for (const [way, join] of Object.entries({ grouping: byKey, 'likeness ≥ .8 (report)': byLikeness }))
      console.log(`| ${[`${basename(file)}, ${set}: ${way}`, ...judged(asked, join(asked))].join(' | ')} |`);
  }
}
