import { load } from '../train/load.js';
import { parseOptions } from '../train/options.js';
import { matrixOf } from '../train/matrix.js';
import { sheetOf } from '../train/fit/sheet.js';
import { fitTreesOf } from '../train/fit/trees.js';
import { fitEncoder } from '../models/encoder.js';
import { crossFolds } from '../train/fit-predictor.js';
import { random } from '../support/random.js';
import { logLossOfLogit } from '../models/numbers.js';
const labels=process.argv[3]==='-'?undefined:process.argv[3];
const {data}=await load([process.argv[2]],{labels, on: labels?'id':undefined} as any,0,true);
const rows=Int32Array.from({length:data.n},(_,i)=>i);
const sheet=sheetOf(data,matrixOf(data,rows));
const outer=crossFolds(data,rows,5,random('outer'));
const base=parseOptions({}).trees;
const settings:Record<string,[object,number]>={ base:[{},3], m5:[{},5], d4:[{depth:4},3], d4r03:[{depth:4,rate:.03,most:1200,patience:80},3], d6r03:[{rate:.03,most:1200,patience:80},3], l20:[{l2:20},3], c3:[{columns:.3},3], d3:[{depth:3,rate:.05,most:1200,patience:80},3], d5r03c3l20:[{depth:5,rate:.03,columns:.3,l2:20,most:1200,patience:80},5] };
for (const [name,[o,m]] of Object.entries(settings)) {
  const t=process.cpuUsage(); let L=0,N=0;
  for (const k of [0,1,2]) {
    const fit=rows.filter((_,i)=>outer[i]!==k), held=rows.filter((_,i)=>outer[i]===k);
    const enc=fitEncoder(sheet.numeric,fit,sheet.schema);
    const inner=crossFolds(data,fit,7,random('stop'+k));
    const z=new Float64Array(held.length);
    for (let q=0;q<m;q++){ const r=fitTreesOf(sheet,{kind:'trees',fit:fit.filter((_,i)=>inner[i]!==q),stop:fit.filter((_,i)=>inner[i]===q),held,extra:null,encoder:enc,boost:{...base,...o},seed:'s'+q}); r.logits.forEach((v,i)=>{z[i]+=v/m;}); }
    held.forEach((row,i)=>{L+=logLossOfLogit(z[i],data.y[row]);N++;});
  }
  const u=process.cpuUsage(t); console.log(name,(L/N).toFixed(4),((u.user)/1e6).toFixed(1)+'s');
}
