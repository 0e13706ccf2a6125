import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Flag } from '../../features/words/flags.js';
import { fold, foldedHash } from '../../features/words/fold.js';
import { Phrase } from '../../features/words/phrase-kinds.js';
import { scanWords } from '../../features/words/scan.js';
import { Words } from '../../features/words/words.js';
import { anyText } from './any-record.js';

function scan(text: string): Words {
  const words = new Words();
  scanWords(text, words);
  return words;
}

const ids = (text: string) => [...scan(text).ids.subarray(0, scan(text).n)];
const hashes = (...words: string[]) => words.map(foldedHash);
const flagged = (text: string, flag: number) => {
  const words = scan(text);
  return Array.from({ length: words.n }, (_, w) => w)
    .filter((w) => (words.flags[w] & flag) !== 0)
    .map((w) => text.slice(words.from[w], words.to[w]));
};

describe('scanWords', () => {
  it('folds case, accents, plural and possessive', () => {
    expect(ids("Niccolò’s presidents' Chipmunks")).toEqual(hashes('niccolo', 'president', 'chipmunk'));
    expect(ids("James's anchovies don't pass")).toEqual(hashes('jame', 'anchovy', 'dont', 'pass'));
    expect(ids('STRASSE Straße')).toEqual(hashes('strasse', 'strasse'));
    expect(ids('Ｔｏｋｙｏ ＡＢ')).toEqual(hashes('tokyo', 'ab'));
  });

  it('parts at hyphens and keeps acronyms whole', () => {
    expect(ids('well-known U.S.A. J.K. Rowling. A.')).toEqual(hashes('well', 'known', 'usa', 'jk', 'rowling', 'a'));
  });

  it('reads numbers by value', () => {
    expect(ids('1,234.50 1234.5')).toEqual(hashes('1234.5', '1234.5'));
    expect(ids('5.0 5 1,2,3')).toEqual(hashes('5', '5', '1', '2', '3'));
    expect(ids('1914-1918 −5 -5 (-7)')).toEqual(hashes('1914', '1918', '-5', '-5', '-7'));
    expect(ids('5.97m 1500m 3rd 1950s')).toEqual(hashes('5.97', 'm', '1500', 'm', '3rd', '1950'));
    expect(ids('three III World War II')).toEqual(hashes('3', '3', 'world', 'war', '2'));
    expect(flagged('Born 1912 in the 1950s, aged twelve', Flag.NUMBER)).toEqual(['1912', '1950s', 'twelve']);
  });

  it('takes letters of scripts without spaces one by one', () => {
    expect(scan('東京です。').n).toBe(4);
    expect(scan('東京です。').sentences).toBe(1);
  });

  it('tells names from function words, US from us', () => {
    expect(flagged('The US told us of Paris and McDonald', Flag.NAME)).toEqual(['US', 'Paris', 'McDonald']);
    expect(flagged('The answer is in the US, so it is', Flag.STOP)).toEqual([
      'The',
      'answer',
      'is',
      'in',
      'the',
      'so',
      'it',
      'is',
    ]);
    expect(flagged('One. Two? three\nFour', Flag.START)).toEqual(['One', 'Two', 'three', 'Four']);
  });

  it('counts signs and how the text ends', () => {
    const words = scan('Is it (so)? "Yes", he said!!\nNo...');
    expect([words.questions, words.sentences, words.commas, words.quotes, words.brackets, words.lines]).toEqual([
      1, 3, 1, 2, 2, 1,
    ]);
    expect(words.ended).toBe(true);
    expect(scan('He said "no."').ended).toBe(true);
    expect(scan('He said no').ended).toBe(false);
    expect([scan('Ab1 Cd').letters, scan('Ab1 Cd').upper, scan('Ab1 Cd').digits]).toEqual([4, 2, 1]);
  });

  it('counts phrases by kind', () => {
    const { phrases } = scan("I’m sorry, but I couldn't find it. Perhaps it is Rome; I think so. Wait, no.");
    expect(phrases[Phrase.REFUSAL]).toBe(3); // "I'm sorry", "sorry but", "couldn't find"
    expect(phrases[Phrase.HEDGE]).toBe(2);
    expect(phrases[Phrase.CORRECTION]).toBe(1);
  });

  it('agrees with the slow way on any ASCII word', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z]{1,12}$/), (word) => {
        const words = scan(word);
        expect(words.n).toBe(1);
        expect(words.letters).toBe(word.length);
        const lower = scan(word.toLowerCase());
        expect(words.ids[0]).toBe(lower.ids[0]);
        if (lower.ids[0] !== foldedHash(word))
          expect((lower.flags[0] & Flag.NUMBER) !== 0 || /^(one|[ivx]+s?)$/i.test(word)).toBe(true);
      }),
    );
  });

  it('takes any text, and places words in order', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary', maxLength: 40 })), (text) => {
        const words = scan(text);
        expect(words.chars).toBe(text.length);
        const places = Array.from({ length: words.n }, (_, w) => [words.from[w], words.to[w]]).flat();
        expect(places).toEqual([...places].sort((a, b) => a - b));
      }),
    );
  });

  it('folds to letters that fold no further', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});
