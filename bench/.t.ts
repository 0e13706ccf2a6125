import { Scanner } from '/work/wt/batch/data/scan/scanner.js';
import { makeLines } from '/work/wt/batch/bench/features/lines.js';
import { checkRecord } from '/work/wt/batch/data/check-record.js';
import { TableBuilder } from '/work/wt/batch/features/table.js';
const lines = makeLines(1000, { tokens: 60, alternatives: 5, words: 50 }, 'x');
const s = new Scanner();
function each(call:(f:number,t:number)=>void){ for (let f=0;f<lines.length;){const e=lines.indexOf(10,f); call(f,e); f=e+1;} }
let miss=0;
each((f,t)=>{ const r = s.scan(lines,f,t); if(!r){miss++;return;} const plain=JSON.parse(lines.toString('utf8',f,t));
 const back=[...r.tokens]; if(JSON.stringify(back)!==JSON.stringify(plain.tokens)) throw new Error('x');
 let at=0; for(const tk of plain.tokens){ if(r.tokens.logprobs[at]!==tk.logprob) throw new Error('num '+r.tokens.logprobs[at]+' '+tk.logprob); at++; for(const a of tk.top){ if(r.tokens.logprobs[at]!==a.logprob) throw new Error('alt'); at++; } }
});
console.log('miss',miss);
for (let k=0;k<6;k++){
 let t0=performance.now(); each((f,t)=>{JSON.parse(lines.toString('utf8',f,t))}); const a=performance.now()-t0;
 t0=performance.now(); each((f,t)=>{s.scan(lines,f,t)}); const b=performance.now()-t0;
 t0=performance.now(); { const bl=new TableBuilder(5); each((f,t)=>{const r=s.scan(lines,f,t)!; const rec=checkRecord(r.value) as any; rec.tokens=r.tokens; bl.add(rec);}); bl.finish(); } const c=performance.now()-t0;
 t0=performance.now(); { const bl=new TableBuilder(5); each((f,t)=>{ bl.add(checkRecord(JSON.parse(lines.toString('utf8',f,t))));}); bl.finish(); } const d=performance.now()-t0;
 console.log(a.toFixed(0),b.toFixed(0),c.toFixed(0),d.toFixed(0),'us');
}
