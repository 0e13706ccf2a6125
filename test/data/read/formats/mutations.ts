import { isObject } from '../../../../data/check-value.js';
import type { LogFormat } from '../../../../data/read/formats/log-format.js';
import { jsonConverter, jsonPlanOf } from '../../../../data/read/json/json-plan.js';
import { jsonRow } from '../../../../data/read/json/json-rows.js';
import { readRow } from '../../../../data/read/read-row.js';
import { noContext } from '../../../../data/read/rows.js';
import { VouchError } from '../../../../support/errors.js';
import { type Random, random } from '../../../../support/random.js';
import { mutatedText, mutatedValue } from './mutate.js';

export interface Outcomes {
  records: number;
  bad: number;
  passed: number;
}

/**
 * Reads so many damaged lines of a format's example, both in that format and as their content tells. Throws where one
 * gives nothing at all (a silent drop), an error without a code, or takes over two seconds.
 */
export function readMutations(format: LogFormat, count: number): Outcomes {
  const draw = random(`mutations of ${format.name}`);
  const lines = format.example.split('\n').filter((line) => line.trim() !== '');
  const rows = lines.map((text, i) => jsonRow({ text, number: i + 1 }, 'f'));
  const plan = jsonPlanOf(rows, undefined, undefined)!;
  const outcomes = { records: 0, bad: 0, passed: 0 };
  for (let i = 0; i < count; i++) {
    const text = damaged(lines[draw.int(lines.length)], draw);
    const row = jsonRow({ text, number: 1 }, 'f');
    const began = performance.now();
    const events = [
      () => readRow(row, jsonConverter(plan, noContext, 'f', true), 'f', sinkOf(outcomes)),
      () => readRow(row, jsonConverter({ ...plan, format: format.name }, noContext, 'f', true), 'f', sinkOf(outcomes)),
      () => join(format, row.value),
    ];
    for (const read of events) {
      const before = total(outcomes);
      try {
        read();
      } catch (error) {
        throw new Error(`${format.name} fails on ${text}`, { cause: error });
      }
      if (read !== events[2] && total(outcomes) === before) throw new Error(`${format.name} drops ${text}`);
    }
    if (performance.now() - began > 2000) throw new Error(`${format.name} takes too long over ${text}`);
  }
  return outcomes;
}

function damaged(line: string, draw: Random): string {
  if (draw.next() < 0.3) return mutatedText(line, draw);
  return JSON.stringify(mutatedValue(JSON.parse(line), draw)) ?? 'null';
}

/** Pieces too must join into a row, or fail with a code. */
function join(format: LogFormat, value: unknown): void {
  if (!isObject(value) || format.join === undefined || (format.pieceOf?.(value) ?? null) === null) return;
  format.isLast?.(value);
  try {
    format.read(format.join([value, value]), noContext);
  } catch (error) {
    if (!(error instanceof VouchError)) throw error;
  }
}

function total({ records, bad, passed }: Outcomes): number {
  return records + bad + passed;
}

function sinkOf(outcomes: Outcomes) {
  return {
    record: () => {
      outcomes.records++;
    },
    bad: ({ error, text }: { error: unknown; text: string }) => {
      if (!(error instanceof VouchError) || typeof text !== 'string')
        throw new Error('a bad line without code or text');
      outcomes.bad++;
    },
    passed: (reason: string) => {
      if (reason === '') throw new Error('passed without a reason');
      outcomes.passed++;
    },
  };
}
