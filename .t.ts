import { rowsOf } from './data/read/rows.js';
for (const f of process.argv.slice(2)) {
  for (const packed of [true]) {
  const t = performance.now(); let n = 0;
  try { for await (const p of rowsOf(f, {packed})) n += p.rows.length; console.log(f, n); } catch (e) { console.log((e as Error).message) }
  console.log(((performance.now()-t)/1000).toFixed(2)+' s');
  }
}
