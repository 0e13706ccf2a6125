import { random } from '../../support/random.js';

/** `n` lines of answers, with and without tokens and samples, by seed; every `badEvery`-th line is none. */
export function sampleLines(n: number, badEvery = 0, seed = 1): string[] {
  const draw = random(seed);
  return Array.from({ length: n }, (_, i) => {
    const words = Array.from({ length: 1 + draw.int(8) }, () => `word${draw.int(50)}`);
    const logprobs = words.map(() => Math.round(draw.next() * -3000) / 1000);
    const tokens = draw.next() < 0.6 ? words.map((token, t) => sampleToken(token, logprobs[t])) : undefined;
    const samples = draw.next() < 0.2 ? [{ answer: words.slice(1).join(' ') }] : undefined;
    const record = {
      id: `q${i}`,
      model: ['m1', 'm2', 'm3'][draw.int(3)],
      prompt: 'Which?',
      answer: words.join(' '),
      tokens,
      samples,
    };
    if (badEvery > 0 && i % badEvery === badEvery - 1)
      return i % 2 === 0 ? `{"id":"q${i}","answer":` : `{"id":"q${i}","answer":{}}`;
    return JSON.stringify(record);
  });
}

function sampleToken(token: string, logprob: number) {
  const others = [1, 2, 3, 4].map((k) => ({ token: `${token}${k}`, logprob: logprob - k }));
  return { token, logprob, top: [{ token, logprob }, ...others] };
}
