import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPrices } from '../../../library/policy/read-prices.js';
import { readConfig } from '../../../scripts/flags/config.js';
import { readJson } from '../../../support/files/read-json.js';
import { temporary } from '../../data/temporary.js';

const { folder, put } = temporary();

it('reads a file of JSON', async () => {
  expect(await readJson(put('a.json', '{"a": [1]}'), 'this is')).toEqual({ a: [1] });
  expect(await readJson(put('b.json', '5'), 'this is', (text) => Number(text) + 1)).toBe(6);
});

it('says which file is missing, and why one is not JSON', async () => {
  await expect(readJson(join(folder, 'none.json'), 'it is')).rejects.toMatchObject({ code: 'FILE_MISSING' });
  const file = put('bad.json', '{"a": ');
  const rejected = {
    code: 'BAD_JSON',
    detail: { file },
    what: expect.stringMatching(/^the \w+ (is|are) not JSON: \w+/),
  };
  for (const read of [readConfig, readPrices]) await expect(read(file)).rejects.toMatchObject(rejected);
});
