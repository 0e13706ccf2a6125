import { describe, expect, it } from 'vitest';
import { numberOf } from '../../../data/label/number/answer-number.js';
import { usesDecimalComma } from '../../../data/label/number/decimal-comma.js';
import { hanNumbersIn } from '../../../data/label/number/han-numbers-in.js';
import { lastBoxed, withoutLatex } from '../../../data/label/number/latex.js';
import { numbersIn } from '../../../data/label/number/numbers-in.js';
import { numeric } from '../../../data/label/numeric.js';
import { asciiDigits } from '../../../data/label/text/digits.js';
import { grade } from './grade.js';

describe('numbersIn', () => {
  it.each<[string, number[]]>([
    ['42', [42]],
    ['−5 °C, -3', [-5, -3]],
    ['12-5', [12, 5]],
    ['$1,234.50 and 1.234,5 and 1.234.567', [1234.5, 1234.5, 1234567]],
    ['3,5', [3.5]],
    ['1,2,3', [1, 2, 3]],
    ['1/2, 3 1/2, 3½, ¾', [0.5, 3.5, 3.5, 0.75]],
    ['5k, £50m, 5m tall, 3 million', [5000, 50_000_000, 5, 3_000_000]],
    ['6.02e23', [6.02e23]],
    ['R2D2 and GPT-4', [4]],
    ["1'234 and 12\u202f000", [1234, 12_000]],
    ['twenty-three', [23]],
    ['one hundred and five, minus two million', [105, -2_000_000]],
    ['nine of 10', [10]],
    ['1e999', []],
    ['x^2 + 5 m² and 2^10', [5, 1024]],
    ['1億2000万 and 3万', [120_000_000, 30_000]],
    ['0,500 and 1,500', [0.5, 1500]],
    ['12 345 678 und 12 000', [12_345_678, 12_000]],
    ['3 × 10⁴, 3·10^-2, 2**8', [30_000, 0.03, 256]],
  ])('%s', (text, values) => {
    const found = numbersIn(text).map(({ value }) => value);
    expect(found).toHaveLength(values.length);
    values.forEach((value, i) => {
      expect(found[i]).toBeCloseTo(value, 9);
    });
  });

  it('digits of every script', () => {
    const zeros = [
      0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
    ];
    for (const zero of [...zeros, 0xf20, 0x1040, 0x17e0, 0x1810, 0xff10, 0x11066, 0x1d7ce, 0x1e950]) {
      const digits = Array.from({ length: 10 }, (_, i) => String.fromCodePoint(zero + i)).join('');
      expect(asciiDigits(digits.normalize('NFKC'))).toBe('0123456789');
    }
  });

  it.each<[string, number[]]>([
    ['四十二', [42]],
    ['十二个人', [12]],
    ['一百零五', [105]],
    ['二〇二四年', [2024]],
    ['三万五千', [35_000]],
    ['三亿五千万', [350_000_000]],
    ['一万二千亿', [1_200_000_000_000]],
    ['三点一四', [3.14]],
    ['负二十', [-20]],
    ['三个', [3]],
    ['一般来说，万一，一起', []],
  ])('Chinese numerals: %s', (text, values) => expect(hanNumbersIn(text).map(({ value }) => value)).toEqual(values));
});

describe('LaTeX', () => {
  it.each([
    ['\\boxed{a} then \\boxed{b_{1}{2}}', 'b_{1}{2}'],
    ['\\boxed 5.', '5.'],
    ['\\boxed{\\frac{1}{2}', '\\frac{1}{2}'],
    ['\\fbox{5}', '5'],
    ['none', null],
  ])('the box of %s', (text, content) => expect(lastBoxed(text)).toBe(content));

  it.each([
    ['\\frac{3}{4}', '3/4'],
    ['1\\dfrac34', '1 3/4'],
    ['1{,}234', '1,234'],
    ['5\\%', '5%'],
    ['90^{\\circ}', '90°'],
    ['x_{12} = 3', 'x = 3'],
  ])('%s as %s', (text, plain) => expect(withoutLatex(text)).toBe(plain));
});

describe('usesDecimalComma', () => {
  it.each([
    ['1.234,5', true],
    ['1,234.5', false],
    ['Die Antwort ist 1.234', true],
    ['The answer is 1.234', false],
    ['Ответ: 1.234', true],
    ['1.234', undefined],
  ])('%s: %s', (text, comma) => expect(usesDecimalComma(text)).toBe(comma));
});

describe('numeric', () => {
  it.each([
    ['The answer is 5, since 10 = 2 × 5.', 5],
    ['2 + 2 = 4', 4],
    ['#### 42 of 50', 42],
    ['So \\boxed{7} is it, not 8', 7],
    ['7 people came in 2019', 2019],
  ])('takes from "%s"', (text, value) => expect(numberOf(text)?.value).toBe(value));

  it.each<[string, string | string[], number | null, string?]>([
    ['It is 1,234.', '1234', 1],
    ['3.1416', '3.14', 1],
    ['3.1', '3.14', 0],
    ['4.2', '4', 0],
    ['0.50', '1/2', 1],
    ['There are three.', '3', 1],
    ['5 km', '5 kilometres', 1],
    ['-5', '5', 0],
    ['none', '0', 0],
    ['61', ['61', 'sixty-one'], 1],
    ['1969', 'Apollo 11', null],
    ['1969', ['Alaska', '49th State'], null],
    ['#### 18', 'She sold 2 + 16.\n#### 18', 1],
    ['50', '50 %', 1],

    ['Die Summe beträgt 1.234.567,89 Euro.', '1234567.89', 1],
    ['Es sind 1.234 Einwohner.', '1234', 1],
    ['There are 1.234 of them.', '1234', 0],
    ['1.234', '1234', 1, 'Wie viele Einwohner hat das Dorf?'],
    ['1.234', '1234', 0, 'How many?'],
    ['1.234', '1.234', 1],
    ['La población es de 1 234 567 habitantes', '1234567', 1],
    ["Das sind 1'234'567 Franken", '1234567', 1],
    ['1’234.50', '1234.5', 1],
    ['12 000 people', '12000', 1],
    ['3 200 gram bags', '200', 1],
    ['\\boxed{\\dfrac{3}{4}}', '0.75', 1],
    ['\\boxed{-\\frac{1}{2}}', '-0.5', 1],
    ['\\boxed{1\\frac{3}{4}}', '1.75', 1],
    ['\\boxed{\\frac{\\pi}{2}}', '2', 0],
    ['\\boxed{2\\sqrt{3}}', '2', 0],
    ['\\boxed{2\\sqrt{3}}', '3', 0],
    ['\\boxed{5\\text{ km}}', '5', 1],
    ['\\boxed{5 \\text{ or } 6}', '6', 0],
    ['\\boxed{x = 5}', '5', 1],
    ['\\boxed{50\\%}', '0.5', 1],
    ['\\boxed{3\\times 10^{4}}', '30000', 1],
    ['\\boxed{3} then \\boxed{\\mathbf{7}}', '7', 1],
    ['We get 3 and 4. \\boxed{12} which uses 99 steps', '12', 1],
    ['\\boxed{1,234,567}', '1234567', 1],
    ['\\boxed{12\\,345}', '12345', 1],
    ['\\boxed{\\$1{,}234.50}', '1234.5', 1],
    ['\\boxed{90^\\circ}', '90', 1],
    ['\\boxed{\\text{no solution}}', '0', 0],
    ['\\[ \\boxed{42} \\]', '42', 1],
    ['$\\boxed{42}$.', '42', 1],
    ['\\boxed{\\frac{1}{3}}', '1/3', 1],
    ['\\boxed{{42}}', '42', 1],
    ['\\boxed{3, 4}', '4', 0],
    ['3×10⁴', '30000', 1],
    ['1e-3', '0.001', 1],
    ['6.02 x 10^23', '6.02e23', 1],
    ['10²', '100', 1],
    ['10²', '102', 0],
    ['5 m²', '5', 1],
    ['-\\frac{3}{4}', '-0.75', 1],
    ['−5', '-5', 1],
    ['minus 5', '-5', 1],
    ['The temperature is –5 °C.', '-5', 1],
    ['零下5度', '-5', 1],
    ['四十二', '42', 1],
    ['答案是四十二。', '42', 1],
    ['十二個', '12', 1],
    ['一百零五', '105', 1],
    ['二〇二四年', '2024', 1],
    ['三点五', '3.5', 1],
    ['一般来说没有', '1', 0],
    ['共三个。', '3', 1],
    ['三万五千', '35000', 1],
    ['一億二千万人', '120000000', 1],
    ['1億2000万人', '120000000', 1],
    ['3.5万', '35000', 1],
    ['5 lakh', '500000', 1],
    ['2 crore', '20000000', 1],
    ['3억', '300000000', 1],
    ['3 Millionen', '3000000', 1],
    ['2 млн', '2000000', 1],
    ['5 mil', '5', 1],
    ['答えは 3 つではなく 4 つです', '4', 0],
    ['정답은 42개입니다. 3단계를 거쳤습니다.', '42', 1],
    ['La réponse est 42. Il y a 3 étapes.', '42', 1],
    ['La respuesta es 42, no 43.', '42', 1],
    ['Ответ: 42 (за 3 шага)', '42', 1],
    ['الجواب هو ٤٢. استخدمت ٣ خطوات', '42', 1],
    ['उत्तर ४२ है। 3 चरण', '42', 1],
    ['Die richtige Antwort ist 42. Das sind 3 Schritte.', '42', 1],
    ['คำตอบคือ ๔๒ ใช้ 3 ขั้นตอน', '42', 1],
    ['答案：42。用了3步', '42', 1],
    ['42 is the answer. I used 3 steps.', '42', 1],
    ['The answer is not 5 but 7.', '7', 1],
    ['The answer is not 5 but 7.', '5', 0],
    ['It is not 5.', '5', 0],
    ['Answer: 5\nWait, wrong.\nAnswer: 7', '7', 1],
    ['The answer is 3 + 4 = 7.', '7', 1],
    ['The final answer is:\n\n**18**', '18', 1],
    ['**Answer:** 18\n\nSteps: 3', '18', 1],
    ['5-7', '7', 0],
    ['between 5–7 days', '7', 0],
    ['±5', '5', 0],
    ['±5', '±5', 1],
    ['about 5', '5', 1],
    ['2π', '2', 0],
    ['The answer is 2x', '2', 0],
    ['50%', '50', 1],
    ['50%', '0.5', 1],
    ['0.5', '50%', 1],
    ['0.5%', '0.5', 0],
    ['0.5%', '0.5', 1, 'What percent?'],
    ['5%', '5', 1],
    ['百分之五十', '50%', 1],
    ['%50', '50', 1],
    ['٥٠٪', '50', 1],
    ['٣٫٥', '3.5', 1],
    ['١٬٢٣٤', '1234', 1],
    ['R2D2', '2', 0],
    ['iPhone 14', '14', 1],
    ['US$42', '42', 1],
    ['R$ 42', '42', 1],
    ['Rs.1,50,000', '150000', 1],
    ['€1.234,50', '1234.5', 1],
    ['1.234,50 €', '1234.5', 1],
    ['3,1416', '3.1416', 1],
    ['0,500', '0.5', 1],
    ['0,5', '0.5', 1],
    ['1,234 km', '1.234', 1, 'Wie lang ist die Strecke?'],
    ['১২৩', '123', 1],
    ['๔๒', '42', 1],
    ['۴۲', '42', 1],
    ['４２', '42', 1],
    ['၄၂', '42', 1],
    ['42', '約42', 1],
    ['42', '42个', 1],
    ['11', 'アポロ11号', null],
    ['1939', '第二次世界大戦1939', null],
    ['1990年', '1990年', 1],
    ['5', 'five', 1],
    ['#### Step 2\n5+3=8\nSo the answer is 8', '8', 1],
    ['#### $1,234', '1234', 1],
    ['2^10 = 1024', '1024', 1],
    ['x^2 = 49 so x = 7', '7', 1],
    ['18 dollars', '$18', 1],
    ['The ratio is 3:4', '4', 1],
    ['1,2,3', '3', 1],
    ['3 1/2', '3.5', 1],
    ['3½', '7/2', 1],
    ['3/4', '0.75', 1],
    ['1/3', '0.3333', 1],
    ['0.3333', '1/3', 0],
    ['Das Ergebnis ist 42, in 3 Schritten', '42', 1],
    ['12.', '12', 1],
    ['₹1,50,000/-', '150000', 1],
    ['100.000', '100000', 1, 'Wie viele?'],
    ['1.500', '1.5', 1],
    ['2019年には3人', '3', 1],
    ['1 234,56', '1234.56', 1],
    ['1\u00a0234\u00a0567', '1234567', 1],
    ['1\u00a0234', '1234', 1],
    ['in 2019\u00a0300 people', '300', 1],
  ])('%s against %s: %s', (answer, reference, value, prompt) =>
    expect(grade(numeric, answer, reference, prompt)).toBe(value),
  );
});
