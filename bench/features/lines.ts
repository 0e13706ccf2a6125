import { type Random, random } from '../../support/random.js';

/** The content of the generated lines. */
export interface LineShape {
  tokens: number;
  alternatives: number;
  words: number;
}

const syllables = 'ba con der el fa gra hin is jo ka lo mer nis or pa qui ros sa ter un ver wal yen zor'.split(' ');
const common = 'the of and a in to is was for on that with by it as at from his an were'.split(' ');

/** JSON Lines of answers as in an endpoint's log, with the given number of words, tokens and alternatives. */
export function makeLines(count: number, shape: LineShape, seed: string): Buffer {
  const draw = random(seed);
  const lines = Array.from({ length: count }, (_, i) => JSON.stringify(makeAnswer(i, shape, draw)));
  return Buffer.from(`${lines.join('\n')}\n`);
}

function makeAnswer(i: number, { tokens, alternatives, words }: LineShape, draw: Random) {
  const prompt = `${sentence(words, draw).slice(0, -1)}?`;
  const answer = sentence(words, draw);
  const pieces = cut(answer, tokens);
  return {
    id: `q${i >> 1}/m${i & 1}`,
    group: `q${i >> 1}`,
    model: `m${i & 1}`,
    task: 'made',
    prompt,
    answer,
    tokens: pieces.map((token) => tokenOf(token, alternatives, draw)),
    label: draw.int(2),
  };
}

function sentence(words: number, draw: Random): string {
  const list = Array.from({ length: words }, (_, w) => {
    if (draw.next() < 0.4) return common[draw.int(common.length)];
    if (draw.next() < 0.05) return String(draw.int(3000));
    const word = Array.from({ length: 1 + draw.int(3) }, () => syllables[draw.int(syllables.length)]).join('');
    return w === 0 || draw.next() < 0.15 ? word[0].toUpperCase() + word.slice(1) : word;
  });
  return `${list.join(' ')}.`;
}

/** Divides a text into this many tokens: at spaces, then the longest pieces in halves. */
function cut(text: string, tokens: number): string[] {
  const pieces = text.split(/(?= )/);
  while (pieces.length < tokens) {
    let longest = 0;
    for (let i = 1; i < pieces.length; i++) if (pieces[i].length > pieces[longest].length) longest = i;
    const half = pieces[longest].length >> 1;
    pieces.splice(longest, 1, pieces[longest].slice(0, half), pieces[longest].slice(half));
  }
  return pieces.slice(0, tokens);
}

function tokenOf(token: string, alternatives: number, draw: Random) {
  const p = 1 - draw.next() ** 4 * 0.95;
  const top = [{ token, logprob: Math.log(p) }];
  let rest = 1 - p;
  for (let k = 1; k < alternatives; k++) {
    rest *= 0.2 + 0.6 * draw.next();
    const word = ` ${syllables[draw.int(syllables.length)]}${syllables[draw.int(syllables.length)]}`;
    top.push({ token: word, logprob: Math.log(rest + 1e-12) });
  }
  top.sort((a, b) => b.logprob - a.logprob);
  return { token, logprob: Math.log(p), top };
}
