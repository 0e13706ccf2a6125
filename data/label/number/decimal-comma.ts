const words = (list: string) => new RegExp(String.raw`(?<![\p{L}\p{M}])(?:${list})(?![\p{L}\p{M}])`, 'giu');

const ENGLISH = words('the|is|are|was|of|and|answer|what|how|which|there|with|for');
/**
 * Common words that English lacks, of German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian,
 * Finnish, Polish, Czech, Romanian, Turkish, Indonesian and Vietnamese.
 */
const CONTINENTAL = words(
  [
    'der|das|ist|sind|und|wie|viele|beträgt|lautet|antwort|ergibt|insgesamt|einwohner|also|ein|eine|es|wir|kostet',
    'le|la|les|est|sont|une|réponse|donc|combien|habitants|quel|quelle|el|los|las|es|son|cuántos|cuánto|respuesta',
    'habitantes|il|è|sono|della|risposta|quanti|abitanti',
    'os|são|uma|resposta|quantos|het|een|zijn|antwoord|hoeveel|och|är|svaret|hur|många|og|hvor|mange|vastaus|jest',
    'odpowiedź|ile|wynosi|odpověď|kolik|răspuns|câți',
    'bir|ve|cevap|kaç|adalah|jawaban|berapa|là|bao nhiêu|đáp án',
  ].join('|'),
);

/**
 * Whether a text uses a decimal comma: decided by its numbers if they are unambiguous, else by its language (Cyrillic
 * or Greek letters, common words). undefined if neither decides.
 */
export function usesDecimalComma(text: string): boolean | undefined {
  if (/\d\.\d{3},\d|\d\.\d{3}\.\d{3}(?!\d)/.test(text)) return true;
  if (/\d,\d{3}\.\d|\d,\d{3},\d{3}(?!\d)/.test(text)) return false;
  const [english, continental] = [ENGLISH, CONTINENTAL].map((pattern) => text.match(pattern)?.length ?? 0);
  if (english > continental) return false;
  if (continental > english) return true;
  return /[\p{Script=Cyrillic}\p{Script=Greek}]{2}/u.test(text) ? true : undefined;
}
