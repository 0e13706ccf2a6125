import { describe, expect, it } from 'vitest';
import { containedAlias } from '../../../data/label/contained-alias.js';
import { exactMatch } from '../../../data/label/exact-match.js';
import { normalise } from '../../../data/label/normalise.js';
import { tokenF1 } from '../../../data/label/token-f1.js';
import { grade } from './grade.js';

describe('normalise', () => {
  it.each([
    ['The  Beatles!', 'beatles'],
    ['Beyoncé', 'beyonce'],
    ['Spider-Man', 'spiderman'],
    ['Don’t', 'dont'],
    ['U.S.', 'us'],
    ['3.5 %', '3.5'],
    ['−5 °C', '-5 c'],
    ['5,000', '5000'],
    ['1,50,000', '150000'],
    ['3,5', '3.5'],
    ['3-1', '3 1'],
    ['10²', '10 2'],
    ['C++', 'c++'],
    ['A-', 'a-'],
    ['blood type AB-', 'blood type ab-'],
    ['an A-team', 'ateam'],
    ['e-mail - b', 'email b'],
    ['<5 mg', '<5 mg'],
    ['>= 18', '> 18'],
    ['≥18', '≥18'],
    ['<b>5</b>', 'b5b'],
    ['x => 5', 'x 5'],
    ['A', 'a'],
    ['Vitamin A', 'vitamin a'],
    ['à la carte', 'a la carte'],
    ['?', '?'],
    ['√2', '√2'],
    ['İstanbul ıssız', 'istanbul issiz'],
    ['Straße', 'strasse'],
    ['Łódź, Tromsø, Œuvre', 'lodz tromso oeuvre'],
    ['ΟΔΟΣ Ὀδυσσεύς', 'οδοσ οδυσσευσ'],
    ['Й й Ё ё а́', 'й й е е а'],
    ['ﬁne ＡＢＣ１２', 'fine abc12'],
    ['٤٢ ४२ ๔๒ ৪২ ４２', '42 42 42 42 42'],
    ['ﾊﾟﾝ', 'パン'],
    ['「東京」、大阪。', '東京 大阪'],
    ['میﻻد\u200c', 'میلاد'],
    ['کتاب كتاب', 'کتاب کتاب'],
    ['co\u00adop\u200b', 'coop'],
    ['दिल्ली।', 'दिल्ली'],
    ['มหาสมุทร น้ำ', 'มหาสมุทร น้ำ'],
  ])('%s → %s', (text, plain) => expect(normalise(text)).toBe(plain));
});

describe('exactMatch', () => {
  it.each([
    ['$5', '€5', 0],
    ['$5', '＄5', 1],
    ['$5', '5', 1],
    ['>5', '<5', 0],
    ['A-', 'A', 0],
    ['A-', 'A+', 0],
    ['A-', 'a-', 1],
  ])('%s for %s: %i', (answer, reference, label) => expect(grade(exactMatch, answer, reference)).toBe(label));
});

describe('exactMatch and containedAlias', () => {
  it.each([
    ['Canberra.', 'canberra', 1, 1],
    ['It is Canberra', 'Canberra', 0, 1],
    ['New York City', ['NYC', 'New York'], 0, 1],
    ['Canberran', 'Canberra', 0, 0],
    ['Spider Man', 'Spider-Man', 0, 1],
    ['the spiderman films', 'Spider-Man', 0, 1],
    ['It is Sana.', "Sana'a", 0, 1],
    ['35', '3.5', 0, 0],
    ['5', '-5', 0, 0],
    ['', 'Canberra', 0, 0],
    ['No, it is not.', 'no', 0, 1],
    ['I know', 'no', 0, 0],
    ['scar', 'car', 0, 0],
    ['1,234', '234', 0, 0],
    ['C++', 'C', 0, 0],
    ['Vitamin A', 'Vitamin', 0, 1],
    ['Vitamin', 'Vitamin A', 0, 0],
    ['3:1', '31', 0, 0],
    ['10²', '102', 0, 0],
    ['iPhone手机', 'iPhone', 0, 1],
    ['Bộ phim', 'Bo phim', 1, 1],
    ['мой', 'мои', 0, 0],
    ['가', '\u1100\u1161', 1, 1],
    ['か\u3099', 'が', 1, 1],
    ['तमिल', 'तमल', 0, 0],
    ['தமிழ்', 'தமழ', 0, 0],
    ['ကျောင်း', 'ကျင်', 0, 0],
    ['שׁ', 'ש', 0, 0],
    ['مدرسة', 'مدرّسة', 0, 0],
    ['山田 太郎', '山田太郎', 1, 1],
    ['ジョン・スミス', 'ジョンスミス', 1, 1],
    ['東京都に住む', '東京', 0, 1],
    ['東京都に住む', '京都', 0, 0],
    ['日本の首都', '日本', 0, 1],
    ['日本語です', '日本', 0, 0],
    ['四川省', '四川', 0, 1],
    ['首都是温得和克', '温得和克', 0, 1],
    ['首都是温得和克', '得', 0, 0],
    ['答案是水', '水', 0, 1],
    ['水果', '水', 0, 0],
    ['不可能', '可能', 0, 0],
    ['三十', '三', 0, 0],
    ['白俄罗斯', '俄罗斯', 0, 0],
    ['印度尼西亚', '印度', 0, 0],
    ['他是俄罗斯人。', '俄罗斯', 0, 1],
    ['共有42个', '42', 0, 1],
    ['共有42个', '4', 0, 0],
    ['他是达芬奇', '达芬奇', 0, 1],
    ['爱因斯坦', '因斯坦', 0, 0],
    ['ハワイです', 'ハワイ', 0, 1],
    ['アメリカンです', 'アメリカ', 0, 0],
    ['キャンベラです', 'ベラ', 0, 0],
    ['ヴィクトル・ユーゴーが書いた', 'ユーゴー', 0, 1],
    ['คือวินด์ฮุก', 'วินด์ฮุก', 0, 1],
    ['ประเทศไทย', 'ไทย', 0, 1],
    ['ป่าน', 'ป่า', 0, 0],
    ['แมวน้ำ', 'แมว', 0, 0],
    ['ນະຄອນຫຼວງແມ່ນວຽງຈັນ', 'ວຽງຈັນ', 0, 1],
    ['ປາລາວ', 'ລາວ', 0, 0],
    ['រាជធានីគឺភ្នំពេញ', 'ភ្នំពេញ', 0, 1],
    ['မြို့တော်သည်နေပြည်တော်ဖြစ်သည်', 'နေပြည်တော်', 0, 1],
    ['수도는 서울이라고 합니다', '서울', 0, 1],
    ['서울대', '서울', 0, 0],
    ['나이는 둘', '나', 0, 0],
    ['한국어', '한국', 0, 0],
    ['والقاهرة كبيرة', 'القاهرة', 0, 1],
    ['بالقاهرة', 'القاهرة', 0, 1],
    ['ولد', 'لد', 0, 0],
    ['הוא גר בירושלים', 'ירושלים', 0, 1],
    ['מכתב', 'כתב', 0, 0],
    ['राजधानी दिल्ली है।', 'दिल्ली', 0, 1],
    ['दिल्लीवाले', 'दिल्ली', 0, 0],
    ["Ankara'dır", 'Ankara', 0, 1],
  ])('%s against %s', (answer, reference, exact, contained) => {
    expect(grade(exactMatch, answer, reference)).toBe(exact);
    expect(grade(containedAlias, answer, reference)).toBe(contained);
  });

  it('names of countries stand in sentences of every language, and not in those of others', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const codes = letters.flatMap((a) => letters.map((b) => a + b));
    for (const [language, say] of Object.entries({
      zh: (name: string) => `答案是${name}。`,
      ja: (name: string) => `${name}だと思います`,
      th: (name: string) => `คำตอบคือ${name}`,
      lo: (name: string) => `${name}ເປັນປະເທດ`,
      km: (name: string) => `ចម្លើយគឺ${name}`,
      my: (name: string) => `အဖြေမှာ${name}ဖြစ်သည်`,
      ko: (name: string) => `정답은 ${name}입니다.`,
      ar: (name: string) => `الجواب هو ${name}.`,
    })) {
      const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
      const all = [...new Set(codes.flatMap((code) => names.of(code) ?? []))];
      expect(all.length).toBeGreaterThan(200);
      expect(all.filter((name) => grade(containedAlias, say(name), name) !== 1)).toEqual([]);
      if (language !== 'zh') continue;
      const wrong = all.flatMap((name) =>
        all.filter((other) => other !== name && name.includes(other) && grade(containedAlias, say(name), other) === 1),
      );
      expect(wrong).toEqual([]);
    }
  });
});

describe('tokenF1', () => {
  it.each([
    ['a cat sat down', 'the cat sat', (2 * 2) / 5],
    ['cat cat', 'cat', (2 * 1) / 3],
    ['Canberra', ['Sydney', 'Canberra'], 1],
    ['dog', 'cat', 0],
    ['', 'cat', 0],
    ['首都是北京', '北京', 2 / 4],
    ['首都是上海', '北京', 0],
    ['他是达芬奇', '达芬奇', (2 * 2) / 5],
    ['キャンベラです', 'ベラ', 0],
    ['수도는 서울입니다', '서울', 2 / 4],
  ])('%s against %s', (answer, reference, value) => expect(grade(tokenF1, answer, reference)).toBeCloseTo(value, 12));
});
