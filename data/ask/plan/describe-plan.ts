import { plural } from '../../../support/words/plural.js';
import { thousands } from '../../../support/words/thousands.js';
import { isFree } from './ledger.js';
import type { Plan } from './plan.js';

/** A plan as text: a table of the requests, their price, and how the numbers were made. */
export function describePlan(plan: Plan): string {
  const { unit, total, before, left, rows, price, method } = plan;
  const kept = before === 0 ? '' : `, ${thousands(before)} finished by an earlier run`;
  const priced = price !== null || rows.some((row) => row.price !== null && !isFree(row.kind));
  const shown = [
    ['kind', 'model', 'calls', 'prompt tokens', 'completion tokens, at most', ...(priced ? ['price, at most'] : [])],
    ...[...rows, { ...plan, kind: 'all', model: '' }].map((row) => [
      row.kind,
      row.model,
      thousands(row.calls),
      thousands(row.promptTokens),
      thousands(row.completionTokens),
      ...(priced ? [row.price === null ? 'not given' : money(row.price)] : []),
    ]),
  ];
  return [
    `dry run: nothing was asked or written; ${plural(total, unit.slice(0, -1))} in all${kept}, ${thousands(left)} to ask`,
    ...aligned(shown),
    ...(priced ? [] : ['no price: give --price-prompt and --price-completion, per million tokens']),
    ...method,
  ].join('\n');
}

/** Two decimals, or two significant digits below 1. */
function money(price: number): string {
  return price === 0 || price >= 1 ? price.toFixed(2) : price.toPrecision(2);
}

/** The first two columns to the left, numbers to the right. */
function aligned(rows: readonly string[][]): string[] {
  const widths = rows[0].map((_, i) => rows.reduce((most, row) => Math.max(most, row[i].length), 0));
  return rows.map((row) =>
    row
      .map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join('  ')
      .trimEnd(),
  );
}
