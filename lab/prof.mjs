import { readFileSync, readdirSync } from 'node:fs';
for (const f of readdirSync('/tmp/prof')) {
  const p = JSON.parse(readFileSync(`/tmp/prof/${f}`)); const self = new Map(); const by = new Map(p.nodes.map((n) => [n.id, n]));
  p.samples.forEach((id, i) => { const n = by.get(id); const k = `${n.callFrame.functionName}@${n.callFrame.url.split('/').slice(-2).join('/')}:${n.callFrame.lineNumber}`; self.set(k, (self.get(k) ?? 0) + p.timeDeltas[i]); });
  console.log(f); [...self].sort((a, b) => b[1] - a[1]).slice(0, 14).forEach(([k, v]) => console.log('  ', (v / 1000).toFixed(0), 'ms', k));
}
