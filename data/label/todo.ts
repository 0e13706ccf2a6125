import { basename } from 'node:path';
import type { AnswerRecord } from '../record.js';
import type { Drawn } from './question-sample.js';

/** A spreadsheet cell holds 32,767 characters. Longer texts are cut, and the cell says so. */
const MOST = 32_000;
/** How many turns of a conversation are shown. */
const TURNS = 6;

/** A further column: its name, and its cell by the id of the answer. */
export interface Column {
  name: string;
  cell(id: string): string;
}

/**
 * A CSV file that people fill in: id, what was asked, the answer, its reference if there is one, an empty `label`, a
 * comment, and the source that the labels will have. UTF-8 with a byte order mark, so that Excel reads it as UTF-8.
 * Text that a spreadsheet would run as a formula, and ids that it would change (numbers, dates), begin with an
 * apostrophe; `--labels` restores such ids exactly. Sources: OWASP, "CSV Injection"; RFC 4180.
 */
export function todoCsv(drawn: readonly Drawn[], source: string, more: readonly Column[] = []): string {
  const isOfFiles = new Set(drawn.map(({ file }) => file)).size > 1;
  const has = (field: 'context' | 'reference') => drawn.some(({ record }) => (record[field]?.length ?? 0) > 0);
  const columns: [name: string, cell: (each: Drawn) => string][] = [
    ['id', ({ record }) => idCell(record.id)],
    ...(isOfFiles ? [['file', ({ file }: Drawn) => textCell(basename(file))] as (typeof columns)[number]] : []),
    ['prompt', ({ record }) => textCell(asked(record))],
    ...(has('context') ? [['context', listCell('context')] as (typeof columns)[number]] : []),
    ['answer', ({ record }) => textCell(record.answer)],
    ...(has('reference') ? [['reference', listCell('reference')] as (typeof columns)[number]] : []),
    ...more.map(({ name, cell }): (typeof columns)[number] => [name, ({ record }) => textCell(cell(record.id))]),
    ['label', () => ''],
    ['comment', () => ''],
    ['source', () => source],
  ];
  const rows = [columns.map(([name]) => name), ...drawn.map((each) => columns.map(([, cell]) => cell(each)))];
  return `\uFEFF${rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('')}`;
}

function listCell(field: 'context' | 'reference') {
  return ({ record }: Drawn) => textCell((record[field] ?? []).join(field === 'context' ? '\n\n' : ' | '));
}

/** The prompt, or the last turns if there are several. */
function asked({ prompt, messages }: AnswerRecord): string {
  const turns = (messages ?? []).filter(({ role }) => role !== 'system' && role !== 'developer');
  if (prompt != null || turns.length === 0) return prompt ?? '';
  if (turns.length === 1) return turns[0].content ?? '';
  return turns
    .slice(-TURNS)
    .map(({ role, content }) => `${role}: ${content ?? ''}`)
    .join('\n\n');
}

function textCell(text: string): string {
  const shown = text.length > MOST ? `${text.slice(0, MOST)} … (cut here)` : text;
  return /^[=+\-@\t\r\n]/.test(shown) ? `'${shown}` : shown;
}

/** Ids that a spreadsheet turns into a number, a date, a time or a truth value, or runs as a formula. */
const CHANGED = [
  /^[\s=+\-@']/,
  /\s$/,
  /^[^\p{L}]*$/u,
  /^\d[\d.,]*\s*e\s*[+-]?\d+$/i,
  /^(true|false)$/i,
  /^\d[\d:.\s]*\s*[ap]m?$/i,
  /(^|[\d\s./-])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*([\d\s./,-]|$)/i,
];

function idCell(id: string): string {
  return CHANGED.some((pattern) => pattern.test(id)) ? `'${id}` : id;
}

function quoted(cell: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
