import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { Population } from './certify-population.js';

/** Answers with recorded grades, scored by a trivial signal: how far the other answers recorded beside each share its words. */
export function realPopulation(answers: string, labels: string): Population {
  const bytes = readFileSync(answers);
  const text = (answers.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const grades = new Map<string, number>();
  for (const { id, label } of parse(readFileSync(labels), { columns: true }) as { id: string; label: string }[]) {
    grades.set(id, Number(label));
  }
  const words = (answer: string) => new Set(answer.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
  const groups = new Map<string, Population['questions'][number]>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const record = JSON.parse(line) as { id: string; group: string; answer: string; samples?: { answer: string }[] };
    const label = grades.get(record.id);
    if (label === undefined) continue;
    const own = words(record.answer);
    const shared = (record.samples ?? []).map(({ answer }) => {
      const other = words(answer);
      const both = [...own].filter((word) => other.has(word)).length;
      return both / Math.max(1, Math.min(own.size, other.size));
    });
    const probability = shared.reduce((sum, share) => sum + share, 0) / Math.max(1, shared.length);
    groups.set(record.group, [...(groups.get(record.group) ?? []), { probability, label, weight: 1 }]);
  }
  return { questions: [...groups.values()] };
}
