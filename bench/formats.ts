import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readAnswers } from '../data/read/answers.js';
import type { AnswerRecord } from '../data/record.js';
import { compared } from './formats/compare.js';
import { logs } from './formats/logs.js';

/**
 * Reads back the shipped answers from the formats in which people store them, and counts how many are the same, field
 * by field. `npx tsx bench/formats.ts`
 */
const answers = fileURLToPath(new URL('../examples/smollm2.jsonl.gz', import.meta.url));
const maker = fileURLToPath(new URL('../test/cases/formats/make-formats.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vouch-formats-'));
try {
  execFileSync(process.execPath, [maker, answers, folder], { stdio: 'ignore' });
  const all: AnswerRecord[] = [];
  for await (const { records } of readAnswers([answers], {})) all.push(...records);
  const expected = all.filter(({ id }) => id.endsWith('-a')).filter((_, i) => i % 5 === 0);
  const names = [
    'read',
    'noAnswer',
    'bad',
    'answer',
    'prompt',
    'tokens',
    'alternatives',
    'label',
    'reference',
  ] as const;
  process.stdout.write(
    `| log | detected as | ${names.join(' | ')} |\n| --- | --- |${' ---: |'.repeat(names.length)}\n`,
  );
  for (const { files, failed } of logs) {
    const found = await compared(
      files.map((file) => join(folder, file)),
      expected,
      failed,
    );
    const cells = names.map((name) => found[name]);
    process.stdout.write(`| ${files.join(' + ')} | ${found.formats.join(', ')} | ${cells.join(' | ')} |\n`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
