/** Texts that tokenizers and models may read differently: scripts, signs, accents, numbers, lengths. */
export const texts = [
  'Paris',
  'It is not Paris, but Lyon.',
  'The capital of Australia is Canberra; 426,704 people lived there in 2018.',
  'Zażółć gęślą jaźń — naïve café, Ångström.',
  '東京は日本の首都です。',
  'E = mc² and x ≤ 3.5e-7; C++ isn’t C#.',
  'a [MASK] and a [SEP] within a text',
  'word '.repeat(400),
  'Donaudampfschifffahrtsgesellschaftskapitänsmütze '.repeat(30),
  'x'.repeat(150),
  '👍🏽 thumbs up',
  ' ',
];
