import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupMaker } from '../../../data/group/maker.js';
import type { AnswerRecord, Message } from '../../../data/record.js';

type Row = Partial<AnswerRecord>;

let ids = 0;
const row = (fields: Row): AnswerRecord => ({ id: `r${ids++}`, answer: 'It is.', ...fields }) as AnswerRecord;

function grouped(rows: readonly Row[], groupBy?: string) {
  const maker = groupMaker(groupBy);
  for (const fields of rows) maker.add(row(fields));
  return maker.finish();
}

/** The group of every row as the place of the group's first row. */
function parts(rows: readonly Row[], groupBy?: string): number[] {
  const { groups } = grouped(rows, groupBy);
  return groups.map((group) => groups.indexOf(group));
}

/** A conversation: turns of the user and the model in turn. */
const chat = (...texts: string[]): Message[] =>
  texts.map((content, i) => ({ role: i % 2 === 0 ? 'user' : 'assistant', content }));
const under = (system: string, ...texts: string[]): Message[] => [
  { role: 'system', content: system },
  ...chat(...texts),
];

describe('one conversation', () => {
  const trip = ['Plan a trip to Oslo', 'Fly to Oslo.', 'make it cheaper', 'Take the train.', 'and for two?'];
  const turn = (n: number): Row => ({
    messages: chat(...trip.slice(0, 2 * n - 1)),
    answer: trip[2 * n - 1] ?? 'Two seats.',
  });

  it('is one group: each row goes on where the one before it ended', () => {
    expect(parts([turn(1), turn(2), turn(3)])).toEqual([0, 0, 0]);
    expect(parts([turn(3), { prompt: 'Who wrote Faust?' }, turn(1), turn(2)])).toEqual([0, 1, 0, 0]);
    expect(grouped([turn(1), turn(2)]).made).toEqual({
      ...{ field: 0, group: 0, conversation: 0, beginning: 1, turns: 0, row: 0, near: 0 },
    });
  });

  it('also where the answer was logged otherwise, or a turn in between is missing', () => {
    expect(parts([{ ...turn(1), answer: '**Fly** to Oslo.' }, turn(2)])).toEqual([0, 0]);
    expect(parts([turn(1), turn(3)])).toEqual([0, 0]);
    expect(parts([{ ...turn(1), answer: 'Fly to Oslo.\n' }, turn(2)])).toEqual([0, 0]);
  });

  it('and not another with the same last message', () => {
    const other = { messages: chat('Plan a menu for ten guests', 'Lobster.', 'make it cheaper'), answer: 'Soup.' };
    expect(parts([turn(2), other])).toEqual([0, 1]);
  });

  it('may begin with few words where the answer is the reply', () => {
    const next = { messages: chat('Find me a hotel', 'Grand Hotel, 200 €.', 'make it cheaper'), answer: 'Inn.' };
    expect(parts([{ prompt: 'Find me a hotel', answer: 'Grand Hotel, 200 €.' }, next])).toEqual([0, 0]);
    expect(parts([{ prompt: 'Find me a hotel', answer: 'Where?' }, next])).toEqual([0, 1]);
  });

  it('takes in what ends with the answer itself', () => {
    const whole = { messages: chat(...trip.slice(0, 4)), answer: 'Take the train.' };
    expect(parts([turn(2), whole])).toEqual([0, 0]);
  });

  it('is told by its id where there is one', () => {
    const rows = [
      { conversation: 'c1', prompt: 'Hi' },
      { conversation: 'c2', prompt: 'Hi' },
      { conversation: 'c1', prompt: 'Where is my parcel?' },
    ];
    expect(grouped(rows).groups).toEqual(['conversation:c1', 'conversation:c2', 'conversation:c1']);
  });

  it('may have an id in some rows and build on those in others', () => {
    expect(parts([{ ...turn(1), conversation: 'trace-1' }, { ...turn(2), conversation: 'trace-2' }, turn(3)])).toEqual([
      0, 0, 0,
    ]);
  });
});

describe('a greeting', () => {
  const hello = { messages: chat('Hi'), answer: 'Hello! How can I help you?' };
  const asking = (question: string): Row => ({ messages: chat('Hi', 'Hello! How can I help you?', question) });

  it('does not join the conversations that begin with it', () => {
    expect(parts([hello, asking('Where is my parcel?'), hello, asking('How do I cancel?')])).toEqual([0, 1, 0, 3]);
  });

  it('joins within a session', () => {
    const of = (session: string, fields: Row): Row => ({ ...fields, session });
    const rows = [
      of('a', hello),
      of('b', hello),
      of('a', asking('Where is my parcel?')),
      of('b', asking('How do I cancel?')),
    ];
    // both greetings are the same turns, but nothing holds the two sessions together beyond that
    const [a, b, parcel, cancel] = parts(rows.map((fields, i) => ({ ...fields, conversation: `t${i}` })));
    expect([a, b, parcel, cancel]).toEqual([0, 1, 0, 1]);
  });
});

describe('a session', () => {
  const rows = [
    { session: 's', prompt: 'Who wrote Faust?' },
    { session: 's', prompt: 'How tall is Mont Blanc?' },
  ];

  it('is no group by itself, but by --group-by session', () => {
    expect(parts(rows)).toEqual([0, 1]);
    expect(grouped(rows, 'session').groups).toEqual(['s', 's']);
  });
});

describe('a question asked many times', () => {
  it('is one group, whatever its traces, contexts and models', () => {
    const prompt = 'What is the capital of Australia?';
    expect(
      parts([
        { prompt, conversation: 'trace-1', model: 'a' },
        { prompt, conversation: 'trace-2', model: 'b' },
        { messages: chat(prompt), context: ['Canberra is …'] },
        { prompt, context: ['Sydney is …'] },
      ]),
    ).toEqual([0, 0, 0, 0]);
  });

  it('does not join conversations that begin with it and go on', () => {
    const first = 'How do I reset my password?';
    const rows = (conversation: string, answer: string, next: string): Row[] => [
      { conversation, messages: chat(first), answer },
      { conversation, messages: chat(first, answer, next) },
    ];
    expect(
      parts([...rows('c1', 'Click the link.', 'Which link?'), ...rows('c2', 'Write to us.', 'Where to?')]),
    ).toEqual([0, 0, 2, 2]);
  });

  it('is not joined with what an example in every prompt asks', () => {
    const example = { prompt: 'Q: What is the capital of France?', answer: 'Paris' };
    const rows = Array.from({ length: 30 }, (_, i) => ({
      messages: chat('Q: What is the capital of France?', 'Paris', `Q: What is the capital of country ${i}?`),
    }));
    const { groups, notes } = grouped([example, ...rows]);
    expect(new Set(groups).size).toBe(31);
    expect(notes).toEqual([
      '1 beginning of conversations continued in so many ways that it counts as a template, not as one ' +
        'conversation. ' +
        'If it is one conversation, use --group-by with the field that distinguishes questions',
    ]);
  });
});

describe('system texts', () => {
  it('that differ do not part a question that the user asks', () => {
    const question = 'What is the capital of Australia?';
    expect(
      parts([{ messages: under('Be brief.', question) }, { messages: under('You are a pirate.', question) }]),
    ).toEqual([0, 0]);
    const dated = Array.from({ length: 40 }, (_, i) => ({
      messages: under(`Today is 2026-01-${10 + i}, 12:${i}.`, question),
    }));
    expect(new Set(parts(dated)).size).toBe(1);
  });

  it.each([
    'Answer the question.',
    'Summarise this.',
    'continue',
    'Hi',
    'What is the answer?',
    'Please help me with this one.',
  ])('that hold the question part it where the user says "%s"', (says) => {
    const rows = Array.from({ length: 200 }, (_, i) => ({
      messages: under(`What is the capital of country ${i}?`, says),
    }));
    const { groups, notes, made } = grouped([...rows, ...rows]);
    expect(new Set(groups).size).toBe(200);
    expect(groups.slice(200)).toEqual(groups.slice(0, 200));
    expect(made.turns).toBe(200);
    expect(notes).toEqual([
      `400 answers are to messages that do not say what is asked (${JSON.stringify(says)}), under 200 ` +
        'different system ' +
        'texts: each system text counts as another question. If they are not, use --group-by with the ' +
        'field that distinguishes questions',
    ]);
  });

  it('that hold the question part it in a language whose words are not known', () => {
    const named = (i: number) => String.fromCharCode(97 + (i % 26)) + String.fromCharCode(97 + Math.floor(i / 26));
    const rows = Array.from({ length: 200 }, (_, i) => ({
      messages: under(`Wie heißt die Hauptstadt von ${named(i)}?`, 'Beantworte die Frage.'),
    }));
    const { groups, notes } = grouped(rows);
    expect(new Set(groups).size).toBe(200);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('under 200 different system texts');
  });

  it('under test, each with many questions, part none', () => {
    const rows = Array.from({ length: 15 }, (_, s) =>
      Array.from({ length: 40 }, (_, q) => ({
        messages: under(`Style ${String.fromCharCode(97 + s)}`, `What is the capital of country ${q}?`),
      })),
    ).flat();
    expect(new Set(parts(rows)).size).toBe(40);
  });
});

describe('media', () => {
  const shown = (...media: string[]): Row => ({
    messages: [{ role: 'user', content: 'What is in this image?', media }],
  });

  it('tell equal turns apart', () => {
    expect(parts([shown('a.png'), shown('b.png'), shown('a.png'), shown()])).toEqual([0, 1, 0, 3]);
    expect(parts([{ messages: [{ role: 'user', content: null, media: ['a.png'] }] }, { messages: [] }, {}])).toEqual([
      0, 1, 2,
    ]);
  });
});

describe('a name that is given', () => {
  it('wins over all else, and a row that lacks it goes by the other rules', () => {
    const rows = [
      { prompt: 'Who wrote Faust?', group: 'g', meta: { q: 1 } },
      { prompt: 'Who wrote Faust?', group: 'h', meta: { q: 1 } },
      { prompt: 'Who wrote Faust?', group: 'h', conversation: 'c' },
      { prompt: 'Who wrote Faust?', group: '' },
      {},
    ];
    const { groups, made, field } = grouped(rows, 'meta.q');
    expect(groups.slice(0, 3)).toEqual(['1', '1', 'h']);
    expect(groups[3]).toMatch(/^prompt:[0-9a-f]{16}$/);
    expect(groups[4]).toMatch(/^row:r\d+$/);
    expect({ made, field }).toEqual({
      made: { field: 1, group: 1, conversation: 0, beginning: 0, turns: 1, row: 1, near: 0 },
      field: 'meta.q',
    });
  });
});

describe('what cannot be told is said', () => {
  it('of a general message with different contexts', () => {
    const rows = [1, 2, 3].map((i) => ({ prompt: 'Summarise this.', context: [`Text ${i}`] }));
    const { groups, notes } = grouped(rows);
    expect(new Set(groups).size).toBe(1);
    expect(notes).toEqual([
      '3 answers are to messages that do not say what is asked ("Summarise this."), with 3 different contexts: ' +
        'the same message counts as one question. If it is several, use --group-by with the field that ' +
        'distinguishes questions',
    ]);
  });

  it('of messages that say nothing', () => {
    const rows = ['continue', 'continue', 'Hi', 'Yes please.', 'Hi', 'Hi', 'Who wrote Faust?', 'Who wrote Faust?'].map(
      (prompt) => ({
        prompt,
      }),
    );
    expect(grouped(rows).notes).toEqual([
      '5 answers are to messages that say nothing about what is asked ("Hi"): equal messages count as one question. ' +
        'If they belong to different conversations, use --group-by with the field that distinguishes questions',
    ]);
    expect(grouped(rows.map((row, i) => ({ ...row, conversation: `c${i}` }))).notes).toEqual([]);
  });

  it('of a group with most of the answers', () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ prompt: `Who wrote book ${i < 12 ? 0 : i}?` }));
    expect(grouped(rows).notes).toEqual([
      '12 of 20 answers count as one question: they are from one conversation, have equal messages, or have messages ' +
        'that continue one another. If they are several, use --group-by with the field that distinguishes questions',
    ]);
    expect(grouped(rows.slice(1)).notes).toEqual([]);
  });
});

describe('for any rows', () => {
  const said = fc.constantFrom(
    'Hi',
    'Who wrote Faust?',
    'continue',
    'How tall is Mont Blanc?',
    'Goethe',
    'Hello!',
    '4808 m',
  );
  const anyRow: fc.Arbitrary<Row> = fc.record(
    {
      messages: fc
        .tuple(fc.array(said, { minLength: 1, maxLength: 5 }), fc.constantFrom('', '', 'Be brief.', 'Be long.'))
        .map(([texts, system]) => (system === '' ? chat(...texts) : under(system, ...texts))),
      answer: said,
      conversation: fc.option(fc.constantFrom('c1', 'c2', 'c3'), { nil: null, freq: 2 }),
      session: fc.option(fc.constantFrom('s1', 's2'), { nil: null, freq: 2 }),
      group: fc.option(fc.constantFrom('g1', 'g2'), { nil: null, freq: 1 }),
    },
    { requiredKeys: ['answer'] },
  );
  const anyRows = fc.array(anyRow, { minLength: 1, maxLength: 14 });
  const together = (groups: readonly unknown[], i: number, j: number) => groups[i] === groups[j];

  it('the order does not matter', () => {
    fc.assert(
      fc.property(
        anyRows.chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows.keys()], { minLength: rows.length })),
        ),
        ([rows, order]) => {
          const before = parts(rows);
          const after = parts(order.map((i) => rows[i]));
          for (let i = 0; i < rows.length; i++) {
            for (let j = 0; j < i; j++) expect(together(after, i, j)).toBe(together(before, order[i], order[j]));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a row of another kind changes nothing, and rows of one name or conversation are one group', () => {
    fc.assert(
      fc.property(anyRows, fc.nat(14), (rows, at) => {
        const before = parts(rows);
        const place = Math.min(at, rows.length);
        const after = parts([...rows.slice(0, place), { prompt: 'Name a prime above 100' }, ...rows.slice(place)]);
        after.splice(place, 1);
        for (let i = 0; i < rows.length; i++) {
          for (let j = 0; j < i; j++) {
            expect(together(after, i, j)).toBe(together(before, i, j));
            const [one, other] = [rows[i], rows[j]];
            if (one.group != null || other.group != null)
              expect(together(before, i, j)).toBe(one.group === other.group);
            else if (one.conversation != null && one.conversation === other.conversation)
              expect(together(before, i, j)).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('each group has one name, and each name one group', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { groups, made } = grouped(rows);
        expect(Object.values(made).reduce((sum, n) => sum + n, 0)).toBe(new Set(groups).size);
      }),
      { numRuns: 300 },
    );
  });
});
