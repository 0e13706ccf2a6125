import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { markerOf, sumsOf } from '../../../library/evidence/folder-files.js';
import { listed } from '../../../library/evidence/listed.js';
import type { EvidenceFacts } from '../../../report/evidence/index-html.js';

it('the list, the marker and SHA256SUMS have the hash of a file from one computation', () => {
  const hash = createHash('sha256').update('{}').digest('hex');
  let reads = 0;
  const files = {
    'mapping.json': '{}',
    get 'card.html'() {
      reads++;
      return 'é';
    },
  };
  const list = listed(files);
  const marker = JSON.parse(markerOf(list, {} as EvidenceFacts, null));
  expect(marker.files['mapping.json']).toBe(hash);
  expect(marker.sizes).toEqual({ 'mapping.json': 2, 'card.html': 2 });
  expect(
    sumsOf(list)
      .split('\n')
      .map((line) => line.slice(66)),
  ).toEqual(['card.html', 'mapping.json', '']);
  expect(sumsOf(list)).toContain(`${hash}  mapping.json\n`);
  expect(reads).toBe(1);
});
