import { fitLogistic, logitOf, type Table } from '../cross/logistic.js';
import { type RealAnswers, startOf } from '../cross/population.js';

/** Number of signals whose weight differs between cells in the truth. */
const CROSSED = 3;

/**
 * The same population with (model, task) given: the recipe's table has one flag per cell, like category values in
 * training. In the truth, each cell also has its own weights for the first signals, which the recipe lacks. So cells
 * differ in level and slope, as models do.
 */
export function withCells(population: RealAnswers): RealAnswers {
  const { table, label, cell } = population;
  const cells = [...new Set(cell)];
  const n = label.length;
  const flags = cells.slice(1).map((of) => Float64Array.from(cell, (c) => (c === of ? 1 : 0)));
  const column = (j: number) => Float64Array.from({ length: n }, (_, i) => table.x[i * table.d + j]);
  const columns = Array.from({ length: table.d }, (_, j) => column(j));
  const first = columns.slice(1, 1 + CROSSED);
  const crossed = first.flatMap((a) => flags.map((flag) => a.map((v, i) => v * flag[i])));
  const squares = first.flatMap((a, k) => first.slice(k).map((b) => a.map((v, i) => v * b[i])));
  const truth = tableOf([...columns, ...flags, ...crossed, ...squares]);
  const at = Array.from(label.keys());
  const { beta } = fitLogistic({ ...truth, label, ends: [n] }, 3, new Float64Array(truth.d));
  const chance = Float64Array.from(at, (i) => 1 / (1 + Math.exp(-logitOf(truth, i, beta))));
  const told = tableOf([...columns, ...flags]);
  return { ...population, table: told, chance, start: startOf({ table: told, chance }) };
}

function tableOf(columns: Float64Array[]): Table {
  const d = columns.length;
  const x = new Float64Array(columns[0].length * d);
  columns.forEach((column, j) => {
    for (let i = 0; i < column.length; i++) x[i * d + j] = column[i];
  });
  return { x, d };
}
