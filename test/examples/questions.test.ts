import { describe, expect, it } from 'vitest';
import { readFacts } from '../../examples/make/facts.js';
import type { Question } from '../../examples/make/question.js';
import { prefixes, questions } from '../../examples/make/questions.js';
import { grouped } from './grouped.js';

const facts = readFacts(process.cwd());
const asked = questions(11, 400, facts);
const of = (task: string) => asked.filter((question) => question.task === task);

/** The numbers of a text in order. */
const numbers = (text: string) => (text.match(/\d+/g) ?? []).map(Number);

describe('questions', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(questions(11, 400, facts)).toEqual(asked);
    const prompts = new Set(asked.map((question) => question.prompt));
    const others = questions(12, 400, facts).filter((question) => question.task === 'arithmetic');
    expect(others.filter((question) => !prompts.has(question.prompt)).length).toBeGreaterThan(others.length / 2);
  });

  it('come in two wordings with one group, one reference, and an id of their own', () => {
    const groups = grouped(asked, (question) => question.group);
    for (const [group, rows] of groups) {
      expect(rows.length, group).toBe(2);
      expect(rows[0].prompt).not.toBe(rows[1].prompt);
      expect(rows[0].reference).toEqual(rows[1].reference);
      expect(rows[0].context).toEqual(rows[1].context);
    }
    expect(new Set(asked.map((question) => question.id)).size).toBe(asked.length);
  });

  it('hold every kind in its share, in every part of the set', () => {
    const count = (rows: Question[]) =>
      ['arithmetic', 'letters', 'facts', 'passages', 'choice', 'yesno'].map(
        (task) => rows.filter((row) => row.task === task).length,
      );
    expect(count(asked)).toEqual([160, 136, 200, 160, 112, 32]);
    expect(count(asked.slice(0, 400)).map((n, i) => Math.abs(n - [80, 68, 100, 80, 56, 16][i]) <= 4)).not.toContain(
      false,
    );
  });

  it('keep the examples of the prefix out of the questions', () => {
    const shown = new Set(Object.values(prefixes()).flatMap((turns) => turns.map((turn) => turn.content)));
    for (const { prompt, task } of asked) if (task !== 'arithmetic') expect(shown.has(prompt), prompt).toBe(false);
  });

  it('end every prompt and example alike for a base model', () => {
    expect(questions(11, 20, facts, '\nAnswer:').every((question) => question.prompt.endsWith('\nAnswer:'))).toBe(true);
    const users = Object.values(prefixes('\nAnswer:')).flatMap((turns) => turns.filter((turn) => turn.role === 'user'));
    expect(users.every((turn) => turn.content?.endsWith('\nAnswer:'))).toBe(true);
  });
});

describe('references', () => {
  it('of arithmetic are what comes out when worked again', () => {
    for (const { prompt, reference } of of('arithmetic')) expect(reference, prompt).toEqual([String(worked(prompt))]);
  });

  it('of letters are what the word says', () => {
    for (const { prompt, reference } of of('letters')) expect(reference, prompt).toEqual([spelled(prompt)]);
  });

  it('of passages and choices stand in what was shown', () => {
    for (const { context, reference } of of('passages')) expect(context?.[0]).toContain(reference[0]);
    for (const { prompt, options, reference } of of('choice')) {
      expect(options).toContain(reference[0]);
      expect(prompt).toContain(`${reference[0]}) `);
    }
  });

  it('of largest numbers point at the largest', () => {
    for (const { prompt, reference } of of('choice').filter((question) => /largest|greatest/.test(question.prompt))) {
      const options = [...prompt.matchAll(/([A-D])\) (\d+)/g)].map(([, letter, value]) => ({
        letter,
        value: Number(value),
      }));
      expect(options.toSorted((a, b) => b.value - a.value)[0].letter).toBe(reference[0]);
    }
  });
});

/** The result of a prompt of the kind arithmetic, read anew from its words. */
function worked(prompt: string): number {
  const n = numbers(prompt);
  if (/^Subtract/.test(prompt)) return n[1] - n[0];
  if (/ - |minus/.test(prompt)) return n[0] - n[1];
  if (/ x | \* |times|Multiply/.test(prompt)) return n[0] * n[1];
  return n.reduce((sum, value) => sum + value, 0);
}

/** The answer to a prompt of the kind letters, read anew from its words. */
function spelled(prompt: string): string {
  const quoted = [...prompt.matchAll(/"([a-z]+)"/g)].map(([, text]) => text);
  const word = quoted[quoted.length - 1];
  if (/How many letters|Count the letters/.test(prompt)) return String(word.length);
  if (/How many times|How often|Count the letter /.test(prompt)) return String(word.split(quoted[0]).length - 1);
  if (/start with/.test(prompt)) return word[0];
  if (/end with/.test(prompt)) return word[word.length - 1];
  const places = ['first', 'second', 'third', 'fourth'];
  const at = places.findIndex((place) => prompt.includes(place));
  return at === -1 ? word[word.length - 1] : word[at];
}
