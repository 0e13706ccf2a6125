/** Words after a number that multiply it. */
const WORDS: Record<string, number> = {};

function add(factor: number, words: string): void {
  for (const word of words.split('|')) WORDS[word.normalize('NFKC')] = factor;
}

add(100, 'hundred');
add(1e3, 'thousand|tausend|mille|mila|тысяча|тысячи|тысяч|тыс|ألف|آلاف|हज़ार|हजार');
add(1e5, 'lakh|lakhs|lac|लाख');
add(1e6, 'million|millions|millionen|millón|millones|milhão|milhões|milione|milioni|миллион|миллиона|миллионов|млн');
add(1e6, 'مليون|ملايين');
add(1e7, 'crore|crores|करोड़');
add(1e9, 'billion|billions|milliarde|milliarden|milliard|milliards|bilhão|bilhões|miliardo|miliardi');
add(1e9, 'миллиард|миллиарда|миллиардов|млрд|مليار|مليارات|mil millones');
add(1e12, 'trillion|trillions|billionen|billones');

/** Letters attached to digits; m means metres, except after a currency. */
const GLUED: Record<string, number> = { k: 1e3, K: 1e3, m: 1e6, M: 1e6, B: 1e9, bn: 1e9 };
const EAST: Record<string, number> = {
  百: 1e2,
  千: 1e3,
  천: 1e3,
  万: 1e4,
  萬: 1e4,
  만: 1e4,
  十万: 1e5,
  百万: 1e6,
  백만: 1e6,
  千万: 1e7,
  천만: 1e7,
  亿: 1e8,
  億: 1e8,
  억: 1e8,
  兆: 1e12,
  조: 1e12,
};

const longestFirst = (words: Record<string, number>) =>
  Object.keys(words)
    .sort((a, b) => b.length - a.length)
    .join('|');

/** Parts of a case-sensitive regular expression; words may begin with an upper-case letter. */
export const SCALE = [
  String.raw`(?<glued>${longestFirst(GLUED)})(?![\p{L}\p{M}])`,
  String.raw`\s*(?<word>${longestFirst(WORDS).replace(
    /(^|\|)([a-zа-я])/g,
    (_, bar, first) => `${bar}[${first}${first.toUpperCase()}]`,
  )})(?![\p{L}\p{M}])`,
  String.raw`\s?(?<east>${longestFirst(EAST)})`,
].join('|');

/** The factor of what SCALE matched; `money` distinguishes millions from metres. */
export function factorOf(groups: Record<string, string | undefined>, money: boolean): number {
  const { glued, word, east } = groups;
  if (glued !== undefined) return glued === 'm' && !money ? 1 : GLUED[glued];
  if (word !== undefined) return WORDS[word.toLowerCase()];
  return east === undefined ? 1 : EAST[east];
}
