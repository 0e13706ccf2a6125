import { parseJson } from './data/read/parse-json.js';
import { jsonRow } from './data/read/json-rows.js';
const deep = (l: number) => '['.repeat(l) + ']'.repeat(l);
for (const n of [1e6, 2e6, 4e6]) {
 for (const [name, line] of [['arr', deep(n)], ['more', `{"id":"b","answer":"y","more":${deep(n)}}`], ['obj', '{"a":'.repeat(n) + '1' + '}'.repeat(n)], ['nan', `{"n":NaN,"m":${deep(n)}}`]] as const) {
  let t = performance.now(); try { JSON.parse(line) } catch {} const a = performance.now() - t;
  t = performance.now(); try { parseJson(line) } catch {} const b = performance.now() - t;
  t = performance.now(); jsonRow({ text: line, number: 1 }, 'f'); const c = performance.now() - t;
  console.log(n, name, a.toFixed(0), b.toFixed(0), c.toFixed(0));
 }
}
