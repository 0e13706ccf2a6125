import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../store/chain/verify.js';
import { checkFeedback } from '../../../store/feedback/check.js';
import { openStore } from '../../../store/ready.js';
import { openWriter } from '../../../store/thread/writer.js';
import type { VouchError } from '../../../support/errors.js';
import { freshPath, freshStore, scored, T0 } from '../rows.js';

const thumb = (id: string) => ({ tenant: '', received: T0, feedback: checkFeedback({ id, thumb: 'up' }) });

describe('the writer of a service', () => {
  it('writes an answer before feedback on it, and everything when it closes', async () => {
    const place = freshPath();
    const writer = await openWriter({ place, most: 100, failed: () => {} });
    writer.keep(scored('a'));
    expect((await writer.take(thumb('a')))[0].status).toBe('linked');
    for (let i = 0; i < 50; i++) writer.keep(scored(`b${i}`));
    await writer.close(30);
    expect([writer.written, writer.dropped, writer.waiting]).toEqual([51, 0, 0]);
    expect(await verifyChain(await freshStore(place))).toMatchObject({ rows: 52, findings: [] });
    await expect(writer.take(thumb('a'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('writes feedback after the answers that were kept before it, and not after all that wait', async () => {
    const writer = await openWriter({ place: freshPath(), most: 10_000, failed: () => {} });
    for (let i = 0; i < 600; i++) writer.keep(scored(`a${i}`));
    const outcome = writer.take(thumb('a599'));
    for (let i = 0; i < 3000; i++) writer.keep(scored(`b${i}`));
    expect((await outcome)[0].status).toBe('linked');
    expect(writer.written).toBe(1000); // two transactions of 500 answers
    await writer.close(60);
    expect(writer.written).toBe(3600);
  });

  it('drops and counts what it has no room for, and never waits', async () => {
    const writer = await openWriter({ place: freshPath(), most: 3, failed: () => {} });
    for (let i = 0; i < 10; i++) writer.keep(scored(`a${i}`));
    expect([writer.waiting, writer.dropped]).toEqual([3, 7]);
    await writer.close(30);
    expect(writer.written).toBe(3);
  });

  it('keeps answers while the store is locked, and refuses feedback with a code', async () => {
    const place = freshPath();
    const failures: VouchError[] = [];
    const writer = await openWriter({ place, most: 100, failed: (error) => failures.push(error) });
    const other = await openStore(place);
    const { sql } = await import('kysely');
    await sql`begin immediate`.execute(other.db);
    writer.keep(scored('a'));
    await expect(writer.take(thumb('a'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await sql`rollback`.execute(other.db);
    await other.close();
    await writer.close(60);
    expect(failures).toHaveLength(1); // the next try succeeds: the failed statement did not stay open
    expect([writer.written, writer.dropped]).toEqual([1, 0]);
  });

  it('waits a second after a failure, however many answers arrive meanwhile', async () => {
    const place = freshPath();
    const failures: VouchError[] = [];
    const writer = await openWriter({ place, most: 1000, failed: (error) => failures.push(error) });
    const other = await openStore(place);
    const { sql } = await import('kysely');
    await sql`drop table vouch_scored`.execute(other.db);
    const began = performance.now();
    for (let i = 0; performance.now() - began < 1500; i++) {
      writer.keep(scored(`a${i}`));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.length).toBeLessThanOrEqual(2); // at 50 and at 1,100 ms
    await other.close();
    await writer.close(0);
  });

  it('reports a store that cannot be opened', async () => {
    const opening = openWriter({ place: '/no/such/folder/a.db', most: 1, failed: () => {} });
    await expect(opening).rejects.toMatchObject({ code: 'STORE_BAD' });
  });
});
