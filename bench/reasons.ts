import { encodedWidth } from '../models/encoder.js';
import { emitModel } from '../models/model.js';
import { initMember } from '../models/networks/network.js';
import { explainerOf } from '../scorer/reasons/explain.js';
import { reasonsOf } from '../scorer/reasons/reasons.js';
import { random } from '../support/random.js';
import { modelOf } from '../test/support/model-of.js';

/**
 * Reasons per second of processor time in one thread, for four members 64-64 with a linear path over 200 recorded
 * numbers.
 */
const d = 200;
const n = 256;
const draw = random('bench reasons');
const schema = { topK: 0, numeric: Array.from({ length: d }, (_, j) => `s${j}@1`), categorical: [] };
const encoder = {
  centre: new Array<number>(d).fill(0),
  scale: new Array<number>(d).fill(1),
  indicators: [],
  vocabularies: [],
};
const architecture = { inputs: encodedWidth(encoder), hidden: [64, 64], skip: true };
const members = Array.from({ length: 4 }, (_, m) => initMember(architecture, 0, draw.fork(m)));
const calibration = { name: 'none', parameters: [] };
const graph = emitModel(modelOf(schema, { encoder, networks: [{ architecture, members }], calibration }), 'bench');
const explainer = explainerOf(graph, schema);
const features = Float32Array.from({ length: n * d }, () => draw.normal());
const rows = { features, categories: new BigInt64Array(), words: undefined };
const rates: number[] = [];
for (let round = 0; round < 25; round++) {
  const before = process.cpuUsage().user;
  reasonsOf(explainer, schema, rows, 5);
  rates.push(n / ((process.cpuUsage().user - before) / 1e6));
}
rates.sort((a, b) => a - b);
process.stdout.write(
  `reasons, 4 × 64-64 over ${d} inputs: ${rates[12].toFixed(0)} rows/s of processor time (median of 25 chunks ` +
    `of ${n}; best ${rates[24].toFixed(0)})\n`,
);
