import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeStandIn } from './stand-in.js';
import { openScorer } from '../scorer/open.js';
import { recordsIn } from '../serve/http/records-in.js';
import { answerIn } from '../serve/http/answer-in.js';
const dir = join(mkdtempSync(join(tmpdir(), 'm-')), 'b');
await writeStandIn(dir);
const scorer = await openScorer(dir);
const words = 'The capital of Australia is Canberra, since 1913 = 12 + 3, perhaps not. However I am not sure; Sydney is larger\n'.split(' ');
let seed = 7; const rnd = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const word = () => (rnd() < .5 ? words[Math.floor(rnd() * words.length)] : 'w' + Math.floor(rnd() * 5000)) + ' ';
const text = (n: number) => { let s = ''; while (s.length < n) s += word(); return s; };
const tokens = (n: number, top: number) => Array.from({ length: n }, () => { const t = word(); const l = -Math.random(); return { token: t, logprob: l, ...(top ? { top: Array.from({ length: top }, (_, k) => ({ token: k ? word() : t, logprob: l - 2 * k })) } : {}) }; });
const time = async (name: string, fn: () => unknown) => { const c = process.cpuUsage(); const b = performance.now(); const out = await fn(); const { user, system } = process.cpuUsage(c); console.log(`   ${name.padEnd(12)} ${(performance.now() - b).toFixed(1)} ms, cpu ${((user + system) / 1000).toFixed(1)}`); return out; };
const make: Record<string, () => unknown> = {
  '30k tokens top5': () => { const t = tokens(30000, 5); return { prompt: 'What is the capital of Australia?', answer: t.map((x) => x.token).join(''), tokens: t }; },
  '30k tokens top20': () => { const t = tokens(15000, 20); return { prompt: 'What is the capital of Australia?', answer: t.map((x) => x.token).join(''), tokens: t }; },
  'openai 30k top5': () => { const t = tokens(30000, 5); return { request: { model: 'm', messages: [{ role: 'user', content: 'What is the capital?' }] }, response: { model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: t.map((x) => x.token).join('') }, finish_reason: 'stop', logprobs: { content: t.map(({ token, logprob, top }) => ({ token, logprob, top_logprobs: top })) } }] } }; },
  'answer 1MB': () => ({ prompt: 'What?', answer: text(1e6) }),
  'prompt 1MB': () => ({ prompt: text(1e6), answer: text(200) }),
  'reasoning 1MB': () => ({ prompt: 'What is?', reasoning: text(1e6), answer: text(200) }),
  'context 1MB': () => ({ prompt: 'What is?', context: [text(1e6)], answer: text(200) }),
  'context+answer 1MB each': () => ({ prompt: 'What is?', context: [text(1e6)], answer: text(1e6) }),
  '100 samples 10kB': () => ({ prompt: 'What is?', answer: text(10000), samples: Array.from({ length: 100 }, () => ({ answer: text(10000) })) }),
  '1000 samples 1kB': () => ({ prompt: 'What is?', answer: text(1000), samples: Array.from({ length: 1000 }, () => ({ answer: text(1000) })) }),
  'answer aaaa 1MB': () => ({ prompt: 'What?', answer: 'a'.repeat(1e6) }),
  'answer 1+1= 1MB': () => ({ prompt: 'What is 1+1?', answer: '1+1=2 '.repeat(1e6 / 6) }),
};
for (const [name, of] of Object.entries(make)) {
  if (process.argv[2] && !name.includes(process.argv[2])) continue;
  const body = Buffer.from(JSON.stringify(of()));
  console.log(name, (body.length / 1e6).toFixed(2), 'MB');
  for (let r = 0; r < 3; r++) {
    const scanned = await time('scan', () => answerIn(body)) as any;
    const parsed = await time('JSON.parse', () => JSON.parse(body.toString()));
    const rec = await time('recordsIn', () => recordsIn(parsed)[0]) as any;
    await time('score obj', () => scorer.score(rec));
    if (scanned) await time('score scanned', () => scorer.score(scanned));
  }
}
