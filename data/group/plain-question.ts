/**
 * Greetings, thanks and politeness around a question that are not part of it. Those that may be the subject of the
 * question ("Hello in Japanese?") are removed only if a punctuation mark follows, or precedes at the end.
 */
const GREETINGS =
  '(?:hi|hello|hey|hiya|howdy)(?: (?:there|all|everyone|team|assistant|chatgpt|gpt|claude|gemini|bot|sir' +
  '|madam))?|greetings|good (?:morning|afternoon|evening|day)|dear (?:assistant|sir|madam|sir or madam|all' +
  '|team|chatgpt)|(?:many )?thanks(?: (?:a lot|so much|again|in advance|for your help))*|thank you(?: ' +
  '(?:very much|so much|again|in advance|for your help|for helping))*|thx|ty|cheers|excuse me|sorry to ' +
  `bother you|(?:just )?a? ?quick question|i have a (?:quick )?question|i hope (?:you are|you're|this ` +
  `finds you|you're doing|you are doing) (?:well|fine)|hallo|guten (?:morgen|tag|abend)|danke(?: ` +
  '(?:sch[öo]n|sehr|im voraus))?|vielen dank(?: im voraus)?|bonjour|bonsoir|salut|merci(?: (?:beaucoup' +
  `|d'avance))?|hola|buen(?:os d[íi]as|as tardes|as noches)|(?:muchas )?gracias(?: de antemano)?|ciao` +
  '|buongiorno|buonasera|grazie(?: mille)?|ol[áa]|bom dia|boa (?:tarde|noite)|(?:muito )?obrigad[oa]|hoi' +
  '|dank je(?: wel)?|bedankt|merhaba|te[şs]ekk[üu]rler|cze[śs][ćc]|dzi[ęe]kuj[ęe]|hej|tack|привет' +
  '|здравствуйте|добрый (?:день|вечер)|(?:большое )?спасибо(?: (?:большое|заранее))?|नमस्ते|धन्यवाद|مرحبا' +
  '|السلام عليكم|شكرا(?: لك| جزيلا)?';
const PLEASE =
  `please|pls|plz|kindly|bitte|s['’]il (?:vous|te) pla[îi]t|svp|por favor|per favore|per piacere` +
  '|alsjeblieft|alstublieft|l[üu]tfen|prosz[ęe]|пожалуйста|कृपया|من فضلك';
const ASKS_YOU =
  '(?:can|could|would|will) you (?:(?:please|kindly) )?(?:tell me|let me know|answer(?: this| me this)?' +
  '|help me(?: with this)?)|(?:can|could|would|will) you (?=please|kindly)|(?:please )?tell me|(?:i would' +
  `|i'd|i’d) (?:like|love) to know|i want to know|i was wondering|may i ask|let me ask(?: you)?` +
  '|k[öo]nn(?:en|ten) sie mir (?:bitte )?sagen|pouvez-vous me dire|puedes decirme|me puedes decir';
const JOINED =
  '请问一下|请问|請問|您好|你好|请告诉我|麻烦你|麻烦您|谢谢您|谢谢你|谢谢|謝謝|すみません|こんにちは|教えてください|お願いします|ありがとうございます|ありがとう|안녕하세요|감사합니다|고맙습니다';
const FRAME = String.raw`(?:question|query|q|frage|pregunta|问题?)\s*(?:\d{1,3}\s*)?[:：]`;

const MARK = String.raw`[\s,.:;!¡…—–~，。：；！、()*_"“”🙏🙂😊👋]`;
const ASCII_MARK = new RegExp(MARK, 'u');
const NOT_WORD = String.raw`(?![\p{L}\p{M}\p{N}])`;
const STOP = String.raw`\s*[,.:;!…—–，。：；！\n)]`;
const ASKING =
  String.raw`\s+(?=(?:can|could|would|will|what|what's|who|which|when|where|why|how|is|are|do|does|did|tell` +
  String.raw`|please|i|i'd|my|there|quick)\b)`;

const BEGIN = new RegExp(
  `^${MARK}*(?:(?:${GREETINGS})${NOT_WORD}(?:${STOP}|${ASKING})|(?:${PLEASE}|${ASKS_YOU})${NOT_WORD}` +
    `|(?:${JOINED})|${FRAME})${MARK}*`,
  'iu',
);
const END = new RegExp(
  String.raw`(?:(?<=[,.:;!?…—–，。：；！？\n)]\s*)(?:${GREETINGS}|${PLEASE}|(?:kind|best|warm) regards|regards` +
    String.raw`|(?:have a|bye|good ?bye|see you)[\p{L} ]{0,12}|(?:much|highly) appreciated|i(?:'d| would)? ` +
    String.raw`appreciate (?:it|your help)|(?:answer|a|antwort|respuesta)\s*[:：])|(?:${JOINED}))${MARK}*$`,
  'iu',
);
/** Thanks that need no punctuation mark before them. */
const THANKS =
  'many thanks|thanks (?:a lot|so much|in advance)|thank you (?:very much|so much|in advance|for your ' +
  'help)(?: (?:in advance|for your help))?|much appreciated';
/** Matches the end of "What is 2 + 2 please", but not of "How do you say please" or "the French word for thanks". */
const BARE_END = new RegExp(
  String.raw`(?<!\b(?:say|says|said|saying|word|words|for|mean|means|meaning|of|is|are|was|the|a|an|and` +
    '|or|write|spell|translate|to|in|with|as|from|vs|between|song|called|album|no|yes|not|by' +
    String.raw`|into)['"“”‘’]?\s+)(?<=[\p{L}\p{M}\p{N}%)\]]\s+)(?:${PLEASE}|${THANKS}|thanks|thank you` +
    String.raw`|thx)${MARK}*$`,
  'iu',
);
/**
 * How many characters at the end are searched, and how many times politeness is removed: "Hi there! Quick question,
 * please: …".
 */
const TAIL = 100;
const MOST = 6;

/** A question without the greetings, thanks and politeness around it; unchanged if nothing else would be left. */
export function plainQuestion(text: string): string {
  let plain = text.trim();
  for (let i = 0; i < MOST; i++) {
    const cut = withoutEnd(plain.replace(BEGIN, ''));
    if (cut === plain) break;
    plain = cut;
  }
  return plain === '' ? text.trim() : plain;
}

function withoutEnd(text: string): string {
  const from = Math.max(0, text.length - TAIL);
  const tail = text.slice(from);
  if (lastWord(tail) === '') return text;
  const short = tail.replace(END, '');
  const word = lastWord(short);
  const cut = word === null || LAST.has(word) ? short.replace(BARE_END, '') : short;
  return cut === tail ? text : text.slice(0, from) + cut.trimEnd();
}

/**
 * Last ASCII words of what `BARE_END` removes. They are checked first, because that expression looks back at every
 * index and would take most of the time.
 */
const LAST = new Set(
  (
    'please pls plz kindly bitte plait svp favor favore piacere alsjeblieft alstublieft lutfen prosze thanks thx you ' +
    'much lot advance help appreciated'
  ).split(' '),
);

/** Which ASCII characters `MARK` contains, and which are letters. */
const isMark = Uint8Array.from({ length: 128 }, (_, code) => Number(ASCII_MARK.test(String.fromCharCode(code))));
const isLetter = Uint8Array.from({ length: 128 }, (_, code) => Number(/[a-z]/i.test(String.fromCharCode(code))));

/**
 * The letters before the marks at the end of a text, in lower case; '' if another ASCII character is there, because no
 * politeness ends with one. null if a character beyond ASCII is there, or if the text has only marks.
 */
function lastWord(text: string): string | null {
  let end = text.length;
  while (end > 0 && isMark[text.charCodeAt(end - 1)] === 1) end--;
  let start = end;
  while (start > 0 && isLetter[text.charCodeAt(start - 1)] === 1) start--;
  return end === 0 || (start > 0 && text.charCodeAt(start - 1) > 127) ? null : text.slice(start, end).toLowerCase();
}
