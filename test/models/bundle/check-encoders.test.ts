import { expect, it } from 'vitest';
import { encoderNote } from '../../../models/bundle/check-encoders.js';

const encoder = (name: string, pooling: 'mean' | 'nli' = 'mean') => ({ name, sha256: 'a', maxTokens: 8, pooling });

it('says which encoders are missing, and which are not read', () => {
  const encoders = [encoder('e'), encoder('n', 'nli')];
  expect(encoderNote({ encoders }, encoders)).toBeUndefined();
  expect(encoderNote({ encoders }, [])).toContain('trained with --encoder e, --nli n, which was not given');
  expect(encoderNote({}, [encoder('e')])).toBe('The bundle was not trained with --encoder e, which is not used.');
  expect(encoderNote({}, [encoder('n', 'nli')])).toBe('The bundle was not trained with --nli n, which is not used.');
});

it('says what does not run because the bundle reads nothing of it, and does not miss it', () => {
  const encoders = [encoder('e'), encoder('n', 'nli')];
  const [e, n] = encoders;
  expect(encoderNote({ encoders, read: [n] }, encoders)).toBe(
    'The bundle reads nothing of --encoder e, which does not run.',
  );
  expect(encoderNote({ encoders, read: [n] }, [n])).toBeUndefined();
  expect(encoderNote({ encoders, read: [e] }, encoders)).toBe(
    'The bundle reads nothing of --nli n, which does not run.',
  );
});

it('says that an entailment model still shows what is grounded where scores say so', () => {
  const encoders = [encoder('n', 'nli')];
  expect(encoderNote({ encoders, read: [], grounds: true }, encoders)).toBe(
    'The bundle reads nothing of --nli n, which only says what passages support.',
  );
  expect(encoderNote({ grounds: true }, encoders)).toBeUndefined();
});
