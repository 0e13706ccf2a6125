/** A place where a text says what its answer is: the range after "the answer is", or before "is the answer". */
export interface Cue {
  /** Where the range begins and ends (its sentence). */
  from: number;
  to: number;
  /** Where the word "answer" ends: "the answer, C, is …" names it before `from`. */
  word: number;
  /** Whether the range comes before the words; then what is nearest to them counts. */
  before: boolean;
}

/** "Answer" in languages with spaces between words, as the beginning of a word. */
const WORDS = [
  'antwort|lösung|réponse|respuesta|resposta|risposta|antwoord|svaret|svar|vastaus|odpowiedź|odpowiedz|odpověď|odpoveď',
  'válasz|răspuns',
  'cevap|yanıt|jawaban|đáp án|câu trả lời|απάντηση|ответ|відповідь|отговор|одговор|الجواب|الإجابة|الاجابة' +
    '|إجابة|جواب|پاسخ',
  'התשובה|תשובה|उत्तर|जवाब|উত্তর|விடை|பதில்|సమాధానం|ઉત્તર|જવાબ|ഉത്തരം|ಉತ್ತರ|ਜਵਾਬ|պատասխան|პასუხი',
].join('|');
/** The same in languages without spaces between words, and in Korean. */
const GLUED = '答案|答え|答(?=[:：是为為])|正解|回答|解答|정답|해답|답(?=[은:： ])|คำตอบ|ຄຳຕອບ|ចម្លើយ|အဖြေ';
const COPULA =
  '(?:is|was|are|would be|should be|must be|ist|lautet|est|es|é|è|er|är|on|jest|je|este|adalah|là|είναι|это' +
  '|هو|هي|است|הוא|היא)(?![\\p{L}\\p{M}])';
const LINK = `${COPULA}|[:：=]|是|为|為|は|은|는|이|คือ`;
const ASIDE = String.raw`(?:(?!(?<!\p{L})(?:part|step|first|second|not)(?!\p{L}))[^.!?。！？।\n\d]){0,40}?`;
const NUMBERED = String.raw`(?:\s+(?:to|for|of)\s+(?:\p{L}+\s+)?(?:question|problem|exercise|q|no\.?)\s*#?\d+)?`;

const PREFIX = new RegExp(
  [
    String.raw`(?<![\p{L}\p{M}])(?:final\s+)?answer(?!\p{L})(?<english>${NUMBERED}${ASIDE}(?:(?<!\p{L})${COPULA}` +
      '|[:：=]))',
    String.raw`(?<![\p{L}\p{M}])final answer(?!\p{L})`,
    String.raw`(?:(?<![\p{L}\p{M}])(?:${WORDS})\p{L}*|${GLUED})(?<other>${ASIDE}(?:${LINK}))?`,
  ]
    .join('|')
    .normalize('NFKC'),
  'giu',
);
const SUFFIX = new RegExp(
  [
    String.raw`(?<=\s|\*|\))(?:is|are|was|would be|must be)(?:\s+(?:therefore|thus|indeed|clearly))?\s+(?:the|my`,
    String.raw`|our)\s+(?:\p{L}+\s+)?answer(?!\p{L}|\s+(?:to|is))|が(?:答え|正解)|是(?:正确)?答案|(?:이|가) (?:정답|답)`,
  ].join(''),
  'giu',
);
const SENTENCE_END = /[.!?](?=[\s*_)"”’]|$)|[。！？।؟\n]/g;

/** Only the last MOST places of a text count; a sentence without an end is cut at LONGEST characters. */
const MOST = 20;
const LONGEST = 400;

/** The places of an NFKC text where it says what its answer is, in order. */
export function cuesIn(text: string): Cue[] {
  const after = [...text.matchAll(PREFIX)].slice(-MOST).map((match): Cue => {
    const end = match.index + match[0].length;
    const from = end + (/^[\s*_:：]*/.exec(text.slice(end))?.[0].length ?? 0);
    const link = match.groups?.english ?? match.groups?.other ?? '';
    return { from, to: sentenceEnd(text, from), word: end - link.length, before: false };
  });
  const before = [...text.matchAll(SUFFIX)].slice(-MOST).map(({ index }): Cue => {
    return { from: sentenceStart(text, index), to: index, word: index, before: true };
  });
  return [...after, ...before].sort((a, b) => a.from - b.from);
}

function sentenceEnd(text: string, from: number): number {
  const end = text.slice(from, from + LONGEST).search(SENTENCE_END);
  return end < 0 ? Math.min(text.length, from + LONGEST) : from + end;
}

function sentenceStart(text: string, at: number): number {
  const first = Math.max(0, at - LONGEST);
  let start = first;
  for (const { index } of text.slice(first, at).matchAll(SENTENCE_END)) start = first + index + 1;
  return start;
}

const DENIAL = new RegExp(
  [
    String.raw`(?:(?<![\p{L}\p{M}])(?:not|never|nicht|kein\p{L}*|pas|non|no es|não é|nie|не|rather than|instead of)`,
    String.raw`|n['’]t|不是|并非|並非|不选|不選|而非|ليس(?:ت)?|नहीं)[ \t]*(?:(?:is|be|option|choice|answer|letter`,
    '|the)[ \\t]+)*[ \\t("\'“*_`$[]*$',
  ].join(''),
  'iu',
);

/** Whether the end of a text denies what follows it: "not ", "nicht ", "不是". */
export function isDenied(before: string): boolean {
  return DENIAL.test(before.slice(-40));
}
