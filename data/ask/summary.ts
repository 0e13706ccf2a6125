import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import type { Asker } from './asker.js';
import type { ClientCounts } from './endpoint/client.js';
import { describeLimits } from './endpoint/limits.js';
import type { AskAllResult } from './journal/ask-all.js';
import { describeTally, type Tally } from './tally.js';
import { describeVerifiers } from './verifiers/ask-verifiers.js';
import type { VerifierCount } from './verifiers/verifier.js';

/** What a run did. Oddities are counted for this run only; answers kept from an earlier run are not counted again. */
export interface AskSummary extends AskAllResult, ClientCounts {
  out: string;
  oddities: Tally;
  /** What the endpoints did not accept. */
  limits: string[];
  /** What each verifier did in this run, by name. */
  verifiers: Record<string, VerifierCount>;
}

export function summarise(out: string, result: AskAllResult, asker: Asker): AskSummary {
  const { client, judges, examiner, entailer, hidden } = asker;
  const clients = [...new Set([client, ...judges, examiner, entailer].filter((each) => each !== undefined))];
  const counts: Partial<ClientCounts>[] = [...clients.map((client) => client.counts), hidden?.counts ?? {}];
  const total = (key: keyof ClientCounts) => counts.reduce((sum, each) => sum + (each[key] ?? 0), 0);
  return {
    out,
    ...result,
    requests: total('requests'),
    retries: total('retries'),
    promptTokens: total('promptTokens'),
    completionTokens: total('completionTokens'),
    oddities: asker.tally,
    limits: clients.flatMap(({ model, limits }) => describeLimits(limits).map((limit) => `${model}: ${limit}`)),
    verifiers: Object.fromEntries(asker.verifierCounts),
  };
}

/** The summary as text, one fact per line. */
export function describeSummary(summary: AskSummary): string {
  const { out, written, before, asked, failed, badFile, requests, retries, oddities, limits, verifiers } = summary;
  const lines = [
    `${plural(written, 'answer')}${written > asked + before ? ` to ${plural(asked + before, 'question')}` : ''} in ${out}: ` +
      `${thousands(asked)} asked now, ${thousands(before)} kept from an earlier run; ` +
      `${plural(requests, 'request')}, ${plural(retries, 'retry', 'retries')}`,
    ...describeTally(oddities),
    ...limits,
    ...describeVerifiers(new Map(Object.entries(verifiers))),
  ];
  if (failed > 0) lines.push(`${thousands(failed)} failed, see ${badFile}; the same command asks only those again`);
  return lines.join('\n');
}
