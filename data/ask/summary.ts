import type { AskAllResult } from './ask-all.js';
import type { Asker, Tally } from './asker.js';
import type { ClientCounts } from './client.js';

/** What a run of asking did. */
export interface AskSummary extends AskAllResult, ClientCounts {
  out: string;
  oddities: Tally;
  notes: string[];
}

const ODDITIES: Record<keyof Tally, string> = {
  noLogprobs: 'answers came without log-probabilities',
  empty: 'answers are empty',
  truncated: 'answers were cut off at the token limit',
  noChoices: 'multiple-choice answers name no option in their tokens',
  fewerSamples: 'questions got fewer samples than asked for',
  noStated: 'stated confidences could not be read',
  noPtrue: 'P(True) could not be read',
  noVerdict: "judge's verdicts could not be read",
};

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
    notes: clients.flatMap((client) => [...client.notes].map((note) => `${client.model}: ${note}`)),
  };
}

/** The summary for people, one fact a line. Oddities are of this run; answers kept from an earlier run are not counted again. */
export function describeSummary(summary: AskSummary): string {
  const { out, written, before, asked, failed, requests, retries, oddities, notes } = summary;
  const lines = [
    `${written} answers in ${out} (${asked} asked now, ${before} kept from before), ${requests} requests, ${retries} retries`,
  ];
  for (const key of Object.keys(ODDITIES) as (keyof Tally)[]) {
    if (oddities[key] > 0) lines.push(`${oddities[key]} ${ODDITIES[key]}`);
  }
  lines.push(...notes);
  if (failed > 0) {
    lines.push(
      `${failed} failed and lie with their reasons in ${summary.badFile}; the same call with the same options asks only those again`,
    );
  }
  return lines.join('\n');
}
