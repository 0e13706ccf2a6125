import { describe, expect, it } from 'vitest';
import { lmEval } from '../../../../../data/read/formats/evaluations/lm-eval.js';
import { partsOf, recordOf, recordsOf } from '../reading-as.js';

const FILE = '/runs/Qwen__Qwen2.5-7B/samples_gsm8k_cot_2026-11-20T10-00-00.123456.jsonl';

const generated = {
  doc_id: 7,
  doc: { question: '6 × 7?' },
  target: '42',
  arguments: { gen_args_0: { arg_0: 'Q: 6 × 7?\nA:', arg_1: { until: ['\n'], temperature: 0 } } },
  resps: [['That makes 42.']],
  filtered_resps: ['42'],
  filter: 'flexible-extract',
  metrics: ['exact_match'],
  doc_hash: 'd7',
  prompt_hash: 'p7',
  target_hash: 't7',
  exact_match: 1.0,
};

/** A multiple-choice sample of options with their log-likelihoods. */
function choices(options: [text: string, logprob: number][], rest: object = {}): object {
  const pairs = options.map(([, logprob]) => [String(logprob), 'False']);
  return {
    doc_id: 0,
    doc: {},
    target: '0',
    arguments: Object.fromEntries(
      options.map(([text], i) => [`gen_args_${i}`, { arg_0: 'Q: Which?\nA:', arg_1: ` ${text}` }]),
    ),
    resps: pairs.map((pair) => [pair]),
    filtered_resps: pairs,
    filter: 'none',
    metrics: ['acc', 'acc_norm'],
    doc_hash: 'd0',
    ...rest,
  };
}

describe('lm-eval: generation', () => {
  it('takes the response, the task and model from the path, and names the label as the results do', () => {
    expect(recordOf(lmEval, generated, FILE)).toEqual({
      id: 'Qwen/Qwen2.5-7B/gsm8k_cot/7/flexible-extract',
      group: 'd7',
      task: 'gsm8k_cot',
      model: 'Qwen/Qwen2.5-7B',
      prompt: 'Q: 6 × 7?\nA:',
      answer: 'That makes 42.',
      decoding: { until: ['\n'], temperature: 0 },
      reference: ['42'],
      labels: [{ value: 1, source: 'lm-eval', name: 'exact_match,flexible-extract' }],
    });
  });

  it('reads the lists of 0.4.0, metrics that are not listed, and no path at all', () => {
    const { metrics: _, doc_hash: __, ...older } = generated;
    const row = { ...older, arguments: [['Q: 6 × 7?\nA:', { until: ['\n'] }]], filter: 'none', exact_match: 0 };
    expect(recordOf(lmEval, row)).toEqual({
      prompt: 'Q: 6 × 7?\nA:',
      answer: 'That makes 42.',
      decoding: { until: ['\n'] },
      reference: ['42'],
      labels: [{ value: 0, source: 'lm-eval', name: 'exact_match' }],
    });
    expect(recordOf(lmEval, row, 'samples_a_b_2026-11-20T10-00-00.1.jsonl')).toMatchObject({
      id: 'a_b/7',
      group: 'a_b/7',
    });
  });

  it('makes repeats samples: the graded one is the answer, or what the filter made of all', () => {
    const repeats = { ...generated, resps: [['41', '42', '43']], filter: 'none' };
    expect(recordOf(lmEval, repeats)).toMatchObject({ answer: '42', samples: [{ answer: '41' }, { answer: '43' }] });
    const voted = { ...repeats, filtered_resps: ['[invalid]'] };
    expect(recordOf(lmEval, voted)).toMatchObject({
      answer: '[invalid]',
      samples: [{ answer: '41' }, { answer: '42' }, { answer: '43' }],
    });
  });

  it('keeps what grades several responses together, and what is no grade, apart from labels', () => {
    const together = {
      ...generated,
      resps: [['a', 'b']],
      filtered_resps: [['a', 'b']],
      filter: 'none',
      metrics: ['pass@2'],
      'pass@2': 1,
    };
    expect(recordOf(lmEval, together)).toMatchObject({
      answer: 'a',
      samples: [{ answer: 'b' }],
      scores: { 'pass@2': 1 },
    });
    expect(recordOf(lmEval, together).labels).toBeUndefined();
    const row = {
      ...generated,
      filter: 'none',
      metrics: ['rouge1', 'bleu', 'f1', 'bleu_acc', 'acc'],
      rouge1: 0.4,
      bleu: ['a', 'b'],
      f1: 0.5,
      bleu_acc: 1,
      acc: false,
    };
    expect(recordOf(lmEval, row)).toMatchObject({
      labels: [
        { value: 0.5, source: 'lm-eval', name: 'f1' },
        { value: 1, source: 'lm-eval', name: 'bleu_acc' },
        { value: 0, source: 'lm-eval', name: 'acc' },
      ],
      scores: { rouge1: 0.4 },
    });
  });

  it('takes a chat that was templated as messages', () => {
    const chat = JSON.stringify([{ role: 'user', content: 'Hi' }]);
    const messages = [{ role: 'user', content: 'Hi' }];
    for (const arg_0 of [chat, [chat], [{ role: 'user', content: 'Hi' }]]) {
      const row = { ...generated, arguments: { gen_args_0: { arg_0, arg_1: {} } } };
      expect(recordOf(lmEval, row)).toMatchObject({ messages });
      expect(recordOf(lmEval, row)).not.toHaveProperty('prompt');
    }
    const text = { ...generated, arguments: { gen_args_0: { arg_0: '[{1]', arg_1: {} } } };
    expect(recordOf(lmEval, text)).toMatchObject({ prompt: '[{1]' });
  });
});

describe('lm-eval: what is odd', () => {
  it('reads lists of targets as Python writes them, and refuses what it would have to guess', () => {
    const row = { ...generated, target: "['Washington, D.C.', \"L'Enfant\"]" };
    expect(recordOf(lmEval, row).reference).toEqual(['Washington, D.C.', "L'Enfant"]);
    expect(() => partsOf(lmEval, { ...generated, resps: [[{ text: 'x' }]] })).toThrow(/field "resps": has no answer/);
    expect(() => partsOf(lmEval, { ...generated, resps: [[null]] })).toThrow(/field "resps": has no answer/);
    expect(() => partsOf(lmEval, { ...generated, resps: [['a'], ['b']] })).toThrow(/several requests/);
    const pair = choices([
      ['a', -1],
      ['b', -2],
    ]) as { arguments: Record<string, unknown>; filtered_resps: unknown[] };
    expect(() => partsOf(lmEval, { ...pair, arguments: {} })).toThrow(/field "arguments"/);
    for (const odd of [
      ['', 'True'],
      ['0.5', 'True'],
      ['nan', 'True'],
    ]) {
      expect(() => partsOf(lmEval, { ...pair, filtered_resps: [odd, pair.filtered_resps[1]] })).toThrow(
        /VOUCH_BAD_RECORD/,
      );
    }
    const never = choices(
      [
        ['a', Number.NEGATIVE_INFINITY],
        ['b', -2],
      ],
      { metrics: ['acc'], acc: 1 },
    ) as typeof pair;
    expect(
      recordOf(lmEval, {
        ...never,
        filtered_resps: [
          ['-inf', 'False'],
          ['-2', 'False'],
        ],
      }).choices,
    ).toEqual({ a: 0, b: 1 });
  });
});

describe('lm-eval: multiple choice', () => {
  it('makes choices of log-likelihoods, stored as text or as numbers', () => {
    const row = choices(
      [
        ['no', -1],
        ['yes', -1 - Math.LN2],
      ],
      { acc: 1.0, acc_norm: 1.0 },
    );
    const expected = {
      group: 'd0',
      prompt: 'Q: Which?\nA:',
      answer: 'no',
      choices: { no: expect.closeTo(2 / 3, 12), yes: expect.closeTo(1 / 3, 12) },
      reference: ['no'],
      labels: [
        { value: 1, source: 'lm-eval', name: 'acc' },
        { value: 1, source: 'lm-eval', name: 'acc_norm' },
      ],
    };
    expect(recordOf(lmEval, row)).toEqual(expected);
    const numbers = {
      ...row,
      filtered_resps: [
        [-1, false],
        [-1 - Math.LN2, false],
      ],
      target: 0,
    };
    expect(recordOf(lmEval, numbers)).toEqual(expected);
  });

  it('gives acc and acc_norm a record each where they choose different options', () => {
    const row = choices(
      [
        ['aaaaaaaa', -3],
        ['b', -2],
      ],
      { target: '0', acc: 0.0, acc_norm: 1.0 },
    );
    const shared = { group: 'd0', task: 't', prompt: 'Q: Which?\nA:', reference: ['aaaaaaaa'] };
    const odds = { aaaaaaaa: expect.closeTo(1 / (1 + Math.E), 12), b: expect.closeTo(Math.E / (1 + Math.E), 12) };
    expect(recordsOf(lmEval, row, 'samples_t_2026-11-20T10-00-00.1.jsonl')).toEqual([
      { ...shared, id: 't/0', answer: 'b', choices: odds, labels: [{ value: 0, source: 'lm-eval', name: 'acc' }] },
      {
        ...shared,
        id: 't/0/acc_norm',
        answer: 'aaaaaaaa',
        choices: odds,
        labels: [{ value: 1, source: 'lm-eval', name: 'acc_norm' }],
      },
    ]);
  });

  it("calls options by the document's labels, and by letters where texts are doubled", () => {
    const doc = { choices: { text: ['iron', 'wood'], label: ['1', '2'] } };
    const labelled = choices(
      [
        ['iron', -1],
        ['wood', -2],
      ],
      { doc, target: '0', metrics: ['acc'], acc: 1 },
    );
    expect(recordOf(lmEval, labelled)).toMatchObject({ answer: '1', reference: ['1'] });
    const doubled = choices(
      [
        ['x', -3],
        ['x', -2],
      ],
      { target: 1, metrics: ['acc'], acc: 1 },
    );
    expect(recordOf(lmEval, doubled)).toMatchObject({ answer: 'B', reference: ['B'] });
  });

  it('takes a target that is an index and also an option for neither, unless acc tells', () => {
    const options: [string, number][] = [
      ['1', -1],
      ['0', -2],
    ];
    expect(recordOf(lmEval, choices(options, { target: '0', metrics: ['acc'], acc: 1 }))).toMatchObject({
      answer: '1',
      reference: ['1'],
    });
    expect(recordOf(lmEval, choices(options, { target: '0', metrics: ['acc'], acc: 0 })).reference).toBeUndefined();
    expect(
      recordOf(
        lmEval,
        choices(
          [
            ['a', -1],
            ['b', -2],
          ],
          { target: '[0, 1]', metrics: ['acc'], acc: 1 },
        ),
      ),
    ).toMatchObject({ reference: ['a', 'b'] });
    expect(
      recordOf(
        lmEval,
        choices(
          [
            ['a', -1],
            ['b', -2],
          ],
          { target: 'b', metrics: ['acc'], acc: 0 },
        ),
      ),
    ).toMatchObject({ reference: ['b'] });
  });

  it('takes options that are contexts (Winogrande), and leaves the requests of mutual information out', () => {
    const contexts = choices(
      [
        ['is big.', -2],
        ['is big.', -1],
      ],
      { metrics: ['acc'], acc: 1, target: 'is big.' },
    ) as { arguments: object };
    contexts.arguments = {
      a: { arg_0: 'It fits not because the case', arg_1: ' is big.' },
      b: { arg_0: 'It fits not because the trophy', arg_1: ' is big.' },
    };
    expect(recordOf(lmEval, contexts)).toMatchObject({ prompt: 'It fits not because the ', answer: 'trophy is big.' });
    const mutual = choices(
      [
        ['a', -2],
        ['b', -1],
        ['a', -0.1],
        ['b', -0.2],
      ],
      { metrics: ['acc', 'acc_mutual_info'], acc: 1, acc_mutual_info: 0 },
    ) as { arguments: Record<string, { arg_0: string }> };
    mutual.arguments.gen_args_2.arg_0 = '';
    mutual.arguments.gen_args_3.arg_0 = '';
    expect(recordOf(lmEval, mutual)).toMatchObject({
      answer: 'b',
      labels: [{ name: 'acc', value: 1 }],
      scores: { acc_mutual_info: 0 },
    });
    expect(Object.keys(recordOf(lmEval, mutual).choices as object)).toEqual(['a', 'b']);
  });

  it('passes over scored texts, and refuses version 0.3', () => {
    const one = choices([['Canberra', -1]], { metrics: ['perplexity', 'acc'], perplexity: -1, acc: 1 });
    expect(partsOf(lmEval, one)).toEqual([
      { passed: 'the log-likelihood of a given text, not an answer of the model' },
    ]);
    const rolling = {
      ...generated,
      arguments: { gen_args_0: { arg_0: 'a text' } },
      resps: [['-12.5']],
      filtered_resps: ['-12.5'],
    };
    expect(partsOf(lmEval, rolling)).toEqual([
      { passed: 'the perplexity of a given text, not an answer of the model' },
    ]);
    expect(() => partsOf(lmEval, { doc_id: 0, prompt_0: 'a b', logit_0: -1, truth: 0 })).toThrow(
      /version 0\.3.*VOUCH_BAD_RECORD/s,
    );
  });
});
