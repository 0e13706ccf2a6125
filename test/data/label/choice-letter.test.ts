import { describe, expect, it } from 'vitest';
import { finalChoice } from '../../../data/label/choice/final-choice.js';
import { optionsOf } from '../../../data/label/choice/options.js';
import { choiceLetter } from '../../../data/label/choice-letter.js';
import { grade } from './grade.js';

const P = 'Longest river?\nA) Po\nB) Rhine\nC) Nile\nD) None of the above';

describe('optionsOf', () => {
  it.each<[string, string[], string[]]>([
    [P, ['A', 'B', 'C', 'D'], ['Po', 'Rhine', 'Nile', 'None of the above']],
    ['?\na. x\nb. y', ['A', 'B'], ['x', 'y']],
    ['?\n（Ａ）甲\n（Ｂ）乙', ['A', 'B'], ['甲', '乙']],
    ['?\n**A)** x\n**B)** y', ['A', 'B'], ['x', 'y']],
    ['Which? (A) Po (B) Rhine (C) the Nile', ['A', 'B', 'C'], ['Po', 'Rhine', 'the Nile']],
    ['Which? A. Po, B. Rhine', ['A', 'B'], ['Po', 'Rhine']],
    ['?\nА) По\nБ) Дон', ['А', 'Б'], ['По', 'Дон']],
    ['?\n1. x\n2. y', ['1', '2'], ['x', 'y']],
    ['?\n① x\n② y', ['1', '2'], ['x', 'y']],
    ['?\nア. x\nイ. y', ['ア', 'イ'], ['x', 'y']],
    ['Q\nA) 1\nB) 2\nQ\nA) 3\nB) 4\nC) 5', ['A', 'B', 'C'], ['3', '4', '5']],
    ['Which river is the longest?', [...'ABCDEFGHIJ'], []],
    ['I. Introduction', [...'ABCDEFGHIJ'], []],
  ])('%s', (prompt, labels, texts) => {
    const options = optionsOf(prompt);
    expect(options.labels).toEqual(labels);
    expect([...options.texts.values()]).toEqual(texts);
  });
});

describe('finalChoice without options in the prompt', () => {
  it.each([
    ['B', 'B'],
    ['(b)', 'B'],
    ['B) Paris', 'B'],
    ['The answer is (B).', 'B'],
    ['answer is:\nC', 'C'],
    ['Answer: **B**', 'B'],
    ['I think B is right', 'B'],
    ['\\boxed{D}', 'D'],
    ['A good answer', null],
    ['The answer is a dog', null],
    ['I am sure', null],
    ['', null],
  ])('%s names %s', (answer, letter) => expect(finalChoice(answer)).toBe(letter));
});

describe('finalChoice', () => {
  it.each<[string, string | null, string?]>([
    ['C', 'C', P],
    ['c', 'C', P],
    ['(C)', 'C', P],
    ['C)', 'C', P],
    ['**C**', 'C', P],
    ['\\boxed{C}', 'C', P],
    ['\\boxed{\\text{C}}', 'C', P],
    ['\\boxed{\\textbf{(C)}}', 'C', P],
    ['$\\boxed{\\mathrm{B}}$', 'B', P],
    ['Ｃ', 'C', P],
    ['C.', 'C', P],
    ['C. Nile', 'C', P],
    ['C: Nile', 'C', P],
    ['C) Nile, because A) is short', 'C', P],
    ['Option A is short, so the answer is C.', 'C', P],
    ['Answer: A\nWait, that is wrong.\nAnswer: B', 'B', P],
    ['The answer is not B but D.', 'D', P],
    ['It is not B, it is C.', 'C', P],
    ["The answer isn't B. It's C.", 'C', P],
    ['Not A. Not B. C.', 'C', P],
    ['A and C', null, P],
    ['Both A and C are correct.', null, P],
    ['The answer is A and C.', null, P],
    ['The answer is A or B.', null, P],
    ['Answer: A, C', null, P],
    ['A is wrong. B is wrong. C is correct.', 'C', P],
    ['I would choose C because A is too short.', 'C', P],
    ['I choose option B.', 'B', P],
    ['Therefore, C.', 'C', P],
    ['Let me think. A) 652 km B) 1230 km C) 6650 km. The longest is C.', 'C', P],
    ['A) Po: 652 km\nB) Rhine: 1230 km\nC) Nile: 6650 km\nD) no\n\nSo C is the correct option.', 'C', P],
    ['A) incorrect\nB) incorrect\nC) correct\nD) incorrect', 'C', P],
    ['A good answer', null, P],
    ['I am sure', null, P],
    ['A river is long. The answer is C', 'C', P],
    ['The Nile', 'C', P],
    ['The answer is the Nile.', 'C', P],
    ['I first thought Rhine, but the answer is Nile.', 'C', P],
    ['None of the above', 'D', P],
    ['The correct answer is (C) Nile, not (B) Rhine.', 'C', P],
    ['The correct answer, C, is the Nile.', 'C', P],
    ['答案是C。', 'C', P],
    ['答案：C', 'C', P],
    ['选C', 'C', P],
    ['选择C', 'C', P],
    ['应该选 C', 'C', P],
    ['因此，正确答案是 C。A不对。', 'C', P],
    ['答案不是A，而是C', 'C', P],
    ['C是正确的', 'C', P],
    ['正解はCです。', 'C', P],
    ['答えはAではなくCです', 'C', P],
    ['Cが正解です', 'C', P],
    ['정답은 C입니다.', 'C', P],
    ['정답: C', 'C', P],
    ['الإجابة هي C', 'C', P],
    ['उत्तर C है', 'C', P],
    ['La bonne réponse est C.', 'C', P],
    ['La respuesta correcta es la C.', 'C', P],
    ['La respuesta correcta es C', 'C', P],
    ['A resposta correta é C.', 'C', P],
    ['La risposta corretta è C.', 'C', P],
    ['Правильный ответ: C', 'C', P],
    ['Doğru cevap C', 'C', P],
    ['Cevap: C', 'C', P],
    ['Die richtige Antwort ist nicht B, sondern C.', 'C', P],
    ['Option C ist richtig.', 'C', P],
    ['คำตอบคือ C', 'C', P],
    ['Đáp án là C', 'C', P],
    ['Het juiste antwoord is C.', 'C', P],
    ['Final answer: C', 'C', P],
    ['**Final Answer:** C', 'C', P],
    ['### Answer\n\nC', 'C', P],
    ['Answer:\n\n**C**', 'C', P],
    ['ANSWER: C', 'C', P],
    ['The answer is: C) Nile', 'C', P],
    ['Answer: c', 'C', P],
    ['answer is c.', 'C', P],
    ['The answer is a dog', null, P],
    ['Reasoning about A and B...\n\nC', 'C', P],
    ['C\n\nThe Nile is longest; A and B are shorter.', 'C', P],
    ['The answer must contain vitamin C', null, 'Which vitamin?\nA) K\nB) E\nC) D'],
    ['Vitamin C', 'B', 'Which?\nA) Vitamin K\nB) Vitamin C\nC) Vitamin D'],
    ['Правильный ответ: В', 'В', 'Какая?\nА) По\nБ) Рейн\nВ) Нил\nГ) Дон'],
    ['Ответ: B', 'В', 'Какая?\nА) По\nБ) Рейн\nВ) Нил\nГ) Дон'],
    ['Б', 'Б', 'Какая?\nА) По\nБ) Рейн\nВ) Нил\nГ) Дон'],
    ['Ответ: С', 'C', P],
    ['В', 'B', P],
    ['2', '2', 'Which?\n1. Po\n2. Nile\n3. Don'],
    ['The answer is 2.', '2', 'Which?\n1. Po\n2. Nile\n3. Don'],
    ['Option 3 is wrong, so 2.', '2', 'Which?\n1. Po\n2. Nile\n3. Don'],
    ['②', '2', 'Which?\n① Po\n② Nile\n③ Don'],
    ['(2) Nile', '2', 'Which?\n(1) Po\n(2) Nile\n(3) Don'],
    ['The answer is J.', 'J'],
    ['H', 'H'],
    ['I', 'I'],
    ['The answer is I.', 'I'],
    ['I think the answer is E', 'E'],
    ['D is the answer', 'D'],
    ['イ', 'イ', 'どれ?\nア. ポー\nイ. ナイル\nウ. ライン'],
    ['正解はイです', 'イ', 'どれ?\nア. ポー\nイ. ナイル\nウ. ライン'],
    ['가', '가', '뭐?\n가. 포\n나. 나일\n다. 라인'],
    ['정답은 나입니다', '나', '뭐?\n가. 포\n나. 나일\n다. 라인'],
    ['ข', 'ข', '?\nก. โป\nข. ไนล์\nค. ไรน์'],
    ['Paris, Texas', 'B', '?\nA) Paris\nB) Paris, Texas'],
    ['尼罗河', 'C', '最长的河?\nA. 波河\nB. 莱茵河\nC. 尼罗河'],
    ['答案是尼罗河。', 'C', '最长的河?\nA. 波河\nB. 莱茵河\nC. 尼罗河'],
    ['B', 'B', 'Q: x\nA) 1\nB) 2\nAnswer: A\nQ: y\nA) Po\nB) Nile'],
    ['Nile', 'B', 'Q: x\nA) Nile\nB) 2\nAnswer: A\nQ: y\nA) Po\nB) Nile'],
    ['(B)', 'B', 'Which? (A) Po (B) Rhine (C) Nile'],
    ['Rhine', 'B', 'Which? (A) Po (B) Rhine (C) Nile'],
    ['Rhine', 'B', 'Which? A. Po B. Rhine C. Nile'],
    ['The best option would be C', 'C', P],
    ['My answer would be C', 'C', P],
    ['C is the best answer since A is short', 'C', P],
    ["I'd go with C.", 'C', P],
    ['The answer cannot be A or B, so it must be C.', 'C', P],
    ['B is incorrect because it is short. C is right.', 'C', P],
    ['We can eliminate A and B. That leaves C.', 'C', P],
    ['Initially I chose A, but now I choose C.', 'C', P],
    ['I do not choose A. I choose C.', 'C', P],
    ['The answer is C, A is too short.', 'C', P],
    ['A, because it is long', 'A', P],
    ['A', 'A', P],
    ['A.', 'A', P],
    ['The answer is A because it is long', 'A', P],
    ['The answer is "A".', 'A', P],
    ['Answer: A - Po', 'A', P],
    ['Answer A', 'A', P],
    ['A: Po', 'A', P],
    ['[C]', 'C', P],
    ['{C}', 'C', P],
    ['<C>', 'C', P],
    ['`C`', 'C', P],
    ['Answer = C', 'C', P],
    ['Answer → C', 'C', P],
    ['"answer": "C"', 'C', P],
    ['{"answer": "C"}', 'C', P],
    ['The answer is option (c).', 'C', P],
    ['Correct option: c', 'C', P],
    ['Correct Answer: Option C', 'C', P],
    ['the answer is choice C', 'C', P],
    ['Answer: B. But wait, on reflection the Nile is longer, so the correct answer is C.', 'C', P],
    ['Answer: B\n\nHmm, actually C.', 'C', P],
    ['A is not the answer. The answer is B', 'B', P],
    ['The answer is C and not A.', 'C', P],
    ['The answer is A. B would be correct only if it were longer.', 'A', P],
    ['C. Nile\n\nA. Po is short.\nB. Rhine is short.', 'C', P],
    ['A. Po - no\nB. Rhine - no\nC. Nile - yes', null, P],
    ['The Rhine is short; the Nile is the answer', 'C', P],
    ['I choose the Nile over the Po.', null, P],
    ['All are wrong except C', 'C', P],
    ['故选：B', 'B', P],
    ['Правильный ответ — B.', 'B', P],
    ['La réponse correcte est la B.', 'B', P],
    ['الإجابة الصحيحة هي ب', 'ب', 'س؟\nأ) بو\nب) نيل\nج) دون'],
    ['คำตอบที่ถูกต้องคือ ข้อ ข', 'ข', '?\nก. โป\nข. ไนล์\nค. ไรน์'],
  ])('%s: %s', (answer, label, prompt) => expect(finalChoice(answer, optionsOf(prompt ?? ''))).toBe(label));
});

describe('choiceLetter', () => {
  it('falls back on the text of an option, and on wrong', () => {
    const prompt = 'Which is a capital?\nA) Lyon\nB) Paris\nC) Port Louis';
    expect(grade(choiceLetter, 'It is Paris.', 'B', prompt)).toBe(1);
    expect(grade(choiceLetter, 'Lyon or Paris', 'B', prompt)).toBe(0);
    expect(grade(choiceLetter, 'No idea', 'B', prompt)).toBe(0);
    expect(grade(choiceLetter, 'C', ['Port Louis', '(C)'], prompt)).toBe(1);
    expect(grade(choiceLetter, 'C', 'C) Port Louis', prompt)).toBe(1);
    expect(grade(choiceLetter, 'C', 'C) Paris', prompt)).toBeNull();
    expect(grade(choiceLetter, 'C', 'Port Louis', prompt)).toBe(1);
    expect(grade(choiceLetter, 'B', 'Port Louis', prompt)).toBe(0);
    expect(grade(choiceLetter, 'C', '3', prompt)).toBeNull();
  });

  it.each<[string, string]>([
    ['I first thought A, but B is longer, however C is the longest.', 'C'],
    ['It is the Nile, not the Rhine.', 'C'],
    ["It isn't the Rhine. It is the Nile.", 'C'],
    ['A) Po is 650 km. B) Rhine is 1230 km. C) Nile is 6650 km. Therefore, the Nile is the longest.', 'C'],
    ['A) ❌\nB) ❌\nC) ✅\nD) ❌', 'C'],
    ['A) Po ✅\nB) Rhine ❌\nC) Nile ❌', 'A'],
    ["Doğru cevap C'dir.", 'C'],
    ["C'mon, it's B.", 'B'],
    ['a) is short, b) is short, so c)', 'C'],
    ["Initially I'd say B. But on reflection, C.", 'C'],
    ['The correct answer is C, as I am sure. A common mistake is to choose D.', 'C'],
    ['A common mistake is to pick C. I pick B.', 'B'],
    ['Therefore, B is the longest.', 'B'],
    ['C. It is also longer than the Rhine.', 'C'],
  ])('settles: %s', (answer, label) => expect(finalChoice(answer, optionsOf(P))).toBe(label));

  it('several letters are no choice', () => {
    expect(grade(choiceLetter, 'A and C', 'A', P)).toBe(0);
    expect(grade(choiceLetter, 'A and C', 'C', P)).toBe(0);
  });

  it('numbers are labels where the prompt lists them, and nothing otherwise', () => {
    expect(grade(choiceLetter, 'The answer is 2.', '2', 'Which?\n1. Po\n2. Nile')).toBe(1);
    expect(grade(choiceLetter, 'Nile', '2', 'Which?\n1. Po\n2. Nile')).toBe(1);
    expect(grade(choiceLetter, '12', '2', 'Which?\n1. Po\n2. Nile')).toBe(0);
    expect(grade(choiceLetter, '2', '2', 'Which?')).toBeNull();
  });
});
