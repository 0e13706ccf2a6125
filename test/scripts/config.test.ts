import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../scripts/flags/config.js';
import { parseOptions } from '../../train/options.js';
import { errorOf, temporary } from '../data/temporary.js';

const { folder, put } = temporary();

describe('the config file', () => {
  it('may name its schema, which is no option', async () => {
    const config = await readConfig(put('a.json', '{"$schema": "./config.schema.json", "targetError": 0.1}'));
    expect(config).toEqual({ targetError: 0.1 });
    expect(parseOptions(config).targetError).toBe(0.1);
  });

  it('is an object', async () => {
    for (const text of ['null', '[]', '"targetError"', '1'])
      expect(await errorOf(readConfig(put('b.json', text)))).toMatchObject({
        code: 'BAD_USAGE',
        got: JSON.parse(text),
      });
    expect(await errorOf(readConfig(put('c.json', '{')))).toMatchObject({ code: 'BAD_JSON' });
    expect(await errorOf(readConfig(put('d.json', '{"$schema": 1}')))).toMatchObject({ field: '$schema', got: 1 });
    expect(await errorOf(readConfig(join(folder, 'none.json')))).toMatchObject({ code: 'FILE_MISSING' });
  });
});
