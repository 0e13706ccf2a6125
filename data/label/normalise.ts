/**
 * Text as SQuAD compares it: lower case, without punctuation, articles and doubled spaces; here also without accents and
 * typographic forms. Marks that carry meaning stay: the point of 3.5, the minus of −5, the signs of C++ and C#. `by` is
 * what a mark becomes: '' as in SQuAD (Spider-Man = spiderman), ' ' to split at it.
 * Source: Rajpurkar et al. 2016, evaluate-v1.1.py, normalize_answer.
 */
export function normalise(text: string, by: '' | ' ' = ''): string {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[−﹣－]/g, '-')
    .toLowerCase();
  const bare = plain
    .replace(/[\p{P}\p{S}]/gu, (mark, at: number) => (carriesMeaning(plain, mark, at) ? mark : by))
    .replace(/\b(?:an?|the)\b/g, ' ');
  const words = bare.split(/\s+/).filter((word) => word !== '');
  return words.length > 0 ? words.join(' ') : plain.trim();
}

function carriesMeaning(text: string, mark: string, at: number): boolean {
  const before = text[at - 1] ?? ' ';
  const after = text[at + 1] ?? ' ';
  if (mark === '.') return /\d/.test(before) && /\d/.test(after);
  if (mark === '-') return /\d/.test(after) && !/[\p{L}\p{N}]/u.test(before);
  return (mark === '+' || mark === '#') && /[a-z+#]/.test(before);
}
