import { KeyTable } from './key-table.js';
import type { Rows } from './rows.js';

/** Up to this many system texts for the same turns are variants of one prompt under test. */
const VARIANTS = 10;

/**
 * Whether the same turns under different system texts are different questions, per node. Turns that say what is asked
 * are one question, unless they occur under many system texts of which some are used with few other turns: then the
 * system texts contain the question ("Beantworte die Frage."). Turns that do not say what is asked ("Answer the
 * question.") are another question under each system text.
 */
export function splitBySystem(rows: Rows): Uint8Array {
  const { n, node, tree } = rows;
  const pairs = new KeyTable();
  const systems = new Int32Array(tree.size);
  const used = new Int32Array(rows.texts + 1);
  for (let row = 0; row < n; row++) {
    const at = node.at(row);
    if (at < 0) continue;
    const system = systemOf(rows, row);
    const known = pairs.size;
    if (pairs.add(at, system, 0, 0) < known) continue;
    systems[at]++;
    used[system + 1]++;
  }
  const splits = new Uint8Array(tree.size);
  for (let row = 0; row < n; row++) {
    const at = node.at(row);
    if (at < 0 || systems[at] < 2) continue;
    const holdsQuestion = systems[at] > VARIANTS && systems[at] > used[systemOf(rows, row) + 1];
    if (!tree.asks(at) || holdsQuestion) splits[at] = 1;
  }
  return splits;
}

/**
 * The system text of a row, for comparison. If the turns say what is asked, its numbers (a date, an id) are ignored.
 */
export function systemOf({ tree, node, system, template }: Rows, row: number): number {
  return (tree.asks(node.at(row)) ? template : system).at(row);
}
