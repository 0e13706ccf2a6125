import type { Asker } from './asker.js';
import type { ClientCounts } from './endpoint/client.js';
import { describeLimits } from './endpoint/limits.js';
import type { AskAllResult } from './journal/ask-all.js';
import { describeTally, type Tally } from './tally.js';

/** What a run of asking did. Oddities are those of this run; answers kept from an earlier one are not counted again. */
export interface AskSummary extends AskAllResult, ClientCounts {
  out: string;
  oddities: Tally;
  /** What the endpoints were found not to take. */
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

/** The summary for people, one fact a line. */
export function describeSummary(summary: AskSummary): string {
  const { out, written, before, asked, failed, badFile, requests, retries, oddities, limits } = summary;
  const lines = [
    `${written} answers in ${out}: ${asked} asked now, ${before} kept from before; ${requests} requests, ${retries} retries`,
    ...describeTally(oddities),
    ...limits,
  ];
  if (failed > 0) lines.push(`${failed} failed, see ${badFile}; the same command asks only those again`);
  return lines.join('\n');
}
