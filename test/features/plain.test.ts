import { describe, expect, it } from 'vitest';
import { features } from '../../features/list.js';
import { plainFeature, plainLine } from '../../features/plain.js';

describe('signals in plain words', () => {
  it.each([
    ['tokens.pavg', 0.934, 'Average token probability: 0.93'],
    ['tokens.pavg', 0.99951, 'Average token probability: 0.9995'],
    ['tokens.pavg.logit', 0, 'Average token probability: 0.5'],
    ['tokens.minLogprob', Math.log(0.25), 'Probability of the least likely token: 0.25'],
    ['tokens.sumLogprob', -50, 'Probability of the whole answer: less than 0.0001'],
    ['tokens.meanLogprob.log', -Math.log(1e-8 - Math.log(0.5)), 'Typical token probability (geometric mean): 0.5'],
    ['tokens.meanEntropy', Math.log(2), 'Uncertainty about a token, on average: like 2 equally likely ones'],
    [
      'tokens.firstMargin',
      Math.log(12),
      'Chosen token against the best other one, at the first token: 12 times as likely',
    ],
    ['text.words', Math.log1p(42), 'Number of words in the answer: 42'],
    ['text.chars', Math.log1p(12_345), 'Number of characters in the answer: 12,345'],
    ['text.upperShare', 0.125, 'Share of the letters that are in upper case: 12.5%'],
    ['text.endsSentence', 1, 'Whether the answer ends with a punctuation mark that ends a sentence: yes'],
    ['text.optionIndex', 2, 'Option that the answer names: C'],
    ['text.lengthRatio', Math.log(0.5), 'Length of the answer compared with the prompt: 0.5 times'],
    ['reasoning.hedges', Math.log1p(2.5), 'Hedging phrases per hundred words of reasoning: 2.5'],
    ['samples.agreeShare', 0.8, 'Share of the samples that agree with the answer: 80%'],
    ['others.agreeShare', 0.8, 'Share of other models’ answers that agree with the answer: 80%'],
    ['stated', 0.9, 'Stated confidence: 90%'],
    ['verifiers.nli', 0.4, 'Score of the verifier nli: 0.4'],
    ['features.tenureDays', 31, 'Your feature tenureDays: 31'],
    ['features.plan', 'pro', 'Your feature plan: pro'],
    ['agreeWith.gpt-4o', 0.5, 'Agreement with the answers of gpt-4o: 50%'],
    ['model', 'gpt-4o', 'Model: gpt-4o'],
    ['words', 0, 'What the words of question and answer point to: 0.5'],
    ['stated', null, 'Stated confidence: not recorded, or not seen in training'],
  ])('%s = %s is “%s”', (name, value, line) => {
    expect(plainLine(name, value)).toBe(line);
  });

  it('are short, without formulas and without terms that docs/signals.md must explain', () => {
    for (const feature of features) {
      const { label } = plainFeature(feature);
      expect(label, feature.name).toMatch(/^[A-Z]/);
      expect(label.length, feature.name).toBeLessThanOrEqual(110);
      expect(label, feature.name).not.toMatch(/[Σ=`²|]|ln\(|\bfresh\b|informative|containment|Jaccard|logit|entropy/i);
    }
  });

  it('say of each signal how its values are shown, as its formula has it', () => {
    for (const { name, says, shown, twin } of features) {
      if (twin !== undefined) continue;
      expect(shown, name).toBeDefined();
      expect(/ln\(1 \+ [nT]\)/.test(says), name).toBe(shown === 'count');
      expect(/ln\(1 \+ rate\)/.test(says), name).toBe(shown === 'rate');
    }
  });
});
