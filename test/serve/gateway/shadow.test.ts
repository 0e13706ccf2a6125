import { expect, it } from 'vitest';
import { no, question, replay, standing, useGateways, yes } from '../../support/standing-gateway.js';

useGateways();

interface Reply {
  vouch: { time: string; decision: string };
}

it('a challenger scores what the gateway scored, and the client gets the same answer', async () => {
  const alone = await standing(replay);
  const { post, url } = await standing(replay, { shadow: no }, yes);
  const metric = async (name: string) => {
    const text = await (await fetch(`${url}/vouch/metrics`)).text();
    return text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  };
  await expect.poll(async () => (await metric('vouch_shadow_info')).length, { timeout: 20_000 }).toBe(1);
  for (let i = 0; i < 3; i++) {
    const [reply, other] = [await post(question), await alone.post(question)];
    const [{ vouch, ...answer }, { vouch: alike, ...same }] = [
      (await reply.json()) as Reply,
      (await other.json()) as Reply,
    ];
    expect(answer).toEqual(same);
    expect(vouch).toEqual({ ...alike, time: vouch.time });
    expect(vouch.decision).toBe('accept');
  }
  const pairs = async () => metric('vouch_shadow_decisions_total');
  await expect
    .poll(pairs, { timeout: 20_000 })
    .toEqual(['vouch_shadow_decisions_total{champion="accept",challenger="abstain"} 3']);
});
