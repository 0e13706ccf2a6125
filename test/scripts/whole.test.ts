import { expect, it } from 'vitest';
import { whole } from '../../scripts/flags/reading.js';

it('takes whole numbers in its range alone, and says what it wanted', () => {
  const port = whole('--port', 'not a valid port', 0, 65_535);
  expect(['0', '8080', '65535'].map(port)).toEqual([0, 8080, 65_535]);
  for (const text of ['-1', '65536', '8080.5', 'Infinity']) {
    expect(() => port(text)).toThrow(
      `field "--port": not a valid port (expected 0 to 65535, got "${text}"). [VOUCH_BAD_USAGE]`,
    );
  }
  expect(() => whole('--threads', 'not a valid number of threads', 1)('0')).toThrow('expected 1 or more');
  expect(() => port('many')).toThrow('expected a number');
});
