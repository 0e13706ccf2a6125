import type { Asker } from './asker.js';
import type { ClientCounts } from './endpoint/client.js';
import { describeLimits } from './endpoint/limits.js';
import type { AskAllResult } from './journal/ask-all.js';
import { describeTally, type Tally } from './tally.js';

/** What a run did. Oddities are counted for this run only; answers kept from an earlier run are not counted again. */
export interface AskSummary extends AskAllResult, ClientCounts {
  out: string;
  oddities: Tally;
  /** What the endpoints did not accept. */
  limits: string[];
}

export function summarise(out: string, result: AskAllResult, asker: Asker): AskSummary {
  const clients = asker.judge === undefined ? [asker.client] : [asker.client, asker.judge];
  const total = (key: keyof ClientCounts) => clients.reduce((sum, client) => sum + client.counts[key], 0);
  return {
    out,
    ...result,
    requests: total('requests'),
    retries: total('retries'),
    promptTokens: total('promptTokens'),
    completionTokens: total('completionTokens'),
    oddities: asker.tally,
    limits: clients.flatMap(({ model, limits }) => describeLimits(limits).map((limit) => `${model}: ${limit}`)),
  };
}

/** The summary as text, one fact per line. */
export function describeSummary(summary: AskSummary): string {
  const { out, written, before, asked, failed, badFile, requests, retries, oddities, limits } = summary;
  const lines = [
    `${written} answers in ${out}: ${asked} asked now, ${before} kept from an earlier run; ` +
      `${requests} requests, ${retries} retries`,
    ...describeTally(oddities),
    ...limits,
  ];
  if (failed > 0) lines.push(`${failed} failed, see ${badFile}; the same command asks only those again`);
  return lines.join('\n');
}
