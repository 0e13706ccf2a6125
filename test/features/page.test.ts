import { describe, expect, it } from 'vitest';
import { features } from '../../features/list.js';
import { signalsPage } from '../../features/sections/page.js';
import { entailmentSignals, similaritySignals } from '../../features/semantic/recorded-signals.js';

describe('docs/signals.md', () => {
  it('is what the list of signals makes; -u writes it again', async () => {
    await expect(signalsPage()).toMatchFileSnapshot('../../docs/signals.md');
  });

  it('has a row for every signal, but one for a signal and its twins and for samples and other models', () => {
    const rows = [...signalsPage().matchAll(/^\| `([A-Za-z0-9.]+)` \|/gm)].map(([, name]) => name);
    const listed = features
      .filter(({ name, twin }) => twin === undefined && (name === 'others.agreeSamples' || !name.startsWith('others.')))
      .map(({ name }) => name);
    const keys = [...similaritySignals, ...entailmentSignals].map(({ key }) => key);
    expect(rows).toEqual([...listed, 'verifiers.NAME', 'features.NAME', 'agreeWith.MODEL', ...keys]);
  });

  it('describes each signal in full sentences, in words of its own', () => {
    for (const { says } of features) expect(says).toMatch(/^[A-Z−`].*[.?]$/);
    const own = features.filter(({ name }) => !name.startsWith('others.')).map(({ says }) => says);
    expect(own.filter((says, i) => own.indexOf(says) !== i)).toEqual([]);
  });
});
