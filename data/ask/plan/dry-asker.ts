import type { AskRun } from '../ask-run.js';
import type { Asker } from '../asker.js';
import type { ChatReply } from '../endpoint/chat.js';
import type { Chat, Client } from '../endpoint/client.js';
import { noLimits } from '../endpoint/limits.js';
import { namedHidden } from '../hidden/ask-hidden.js';
import type { Hidden } from '../hidden/hidden.js';
import { newTally } from '../tally.js';
import { namedVerifiers } from '../verifiers/named-verifiers.js';
import { estimateTokens, type KnownText, longestReply } from './estimate.js';
import type { Ledger } from './ledger.js';

/**
 * An asker that asks nobody: it enters each request in the ledger, and answers it with a text as long as the reply may
 * be. So a dry run goes through the same code as a run, and what depends on replies is counted at its longest.
 */
export function dryAsker({ ask: options, way }: AskRun, ledger: Ledger, known?: KnownText): Asker {
  const client = (model: string): Client => {
    const chat: Chat = async (request) => {
      ledger.addRequest(request, model, estimateTokens(request.messages, known));
      return replyOf(longestReply(request.maxTokens), request.n);
    };
    const counts = { requests: 0, retries: 0, promptTokens: 0, completionTokens: 0 };
    return { model, counts, limits: noLimits(), at: (work) => work(chat) };
  };
  const { crossExamine, entailModel } = options;
  return {
    client: client(options.model ?? ''),
    judges: options.judge.map(client),
    ...(crossExamine === undefined ? {} : { examiner: client(crossExamine) }),
    ...(entailModel === undefined ? {} : { entailer: client(entailModel) }),
    hidden: way.hidden === undefined ? undefined : dryHidden(namedHidden(way.hidden).name, ledger),
    verifiers: namedVerifiers(way).map(({ name }) => ({
      name,
      verify: async () => {
        ledger.addWithoutTokens('verifier', name);
        return { scores: new Map() };
      },
    })),
    verifierCounts: new Map(),
    options,
    tally: newTally(),
  };
}

function dryHidden(name: string, ledger: Ledger): Hidden {
  return {
    name,
    counts: { requests: 0, retries: 0 },
    vector: async () => {
      ledger.addWithoutTokens('hidden state', name);
      return [];
    },
  };
}

function replyOf(content: string, n: number): ChatReply {
  // each choice is another text, because texts that are equal are compared with others only once
  const own = (index: number) => `${content.slice(`${index}`.length)}${index}`;
  const choice = (index: number) => ({ index, finish_reason: 'stop', message: { content: own(index) } });
  return { choices: Array.from({ length: n }, (_, index) => choice(index)) };
}
