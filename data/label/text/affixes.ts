/**
 * What some languages attach to a word without a space: Korean particles and copulas (캔버라입니다), Arabic conjunctions,
 * prepositions and articles (والعاصمة), and Hebrew ones (בירושלים). Short words accept only affixes that are hardly
 * ever the rest of another word.
 */
const KOREAN_SURE =
  '은|는|을|를|입니다|이다|이에요|예요|에서|으로|에게|이었다|였다|이었습니다|였습니다|이라고|라고|이며|이지만';
const KOREAN_MORE = [
  '이|가|의|에|로|와|과|도|만|랑|이랑|까지|부터|보다|처럼|마다|조차|이나|나|이고|고|이라는|라는|이란|이라|라|이죠|죠|다|며|지만',
  '이었던|였던|이므로|이어서|여서|이자|께서|한테|에는|에도|특별시|광역시|시',
].join('|');
const koreanSure = new RegExp(`^(?:${KOREAN_SURE})+$`);
const korean = new RegExp(`^(?:${KOREAN_SURE}|${KOREAN_MORE})+$`);
const arabicSure = /^(?:[وف]?[بک]?ال|[وف]?لل|و)$/;
const arabic = /^[وف]?[بکل]?(?:ال)?$/;
const hebrewSure = /^ו?[הבל]?$/;
const hebrew = /^ו?ש?[הבלמכ]{0,2}$/;

/** Whether the letters between a word and the next space may be particles attached to it. */
export function isSuffix(word: string, rest: string): boolean {
  if (!/\p{Script=Hangul}$/u.test(word)) return false;
  return ([...word].length > 1 ? korean : koreanSure).test(rest);
}

/** Whether the letters between a space and a word may be prefixes attached to it. */
export function isPrefix(word: string, rest: string): boolean {
  const length = [...word].length;
  if (/^\p{Script=Arabic}/u.test(word)) return length >= 4 ? arabic.test(rest) : length === 3 && arabicSure.test(rest);
  if (!/^\p{Script=Hebrew}/u.test(word)) return false;
  return length >= 4 ? hebrew.test(rest) : length === 3 && hebrewSure.test(rest);
}
