import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { VouchError } from '../../support/errors.js';
import { errorBody } from './error-reply.js';

/** An error of Node's HTTP parser. */
interface ParserError extends Error {
  code?: string;
  /** The bytes in which it was found. */
  rawPacket?: unknown;
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/**
 * How a connection ends whose bytes are not HTTP, or whose request takes too long to arrive. The client gets the reason,
 * unless it waits for the answer to an earlier request: then it gets that answer, and nothing after it.
 */
export function brokenRequests(): {
  /** Notes the requests of a server. */
  watch(server: Server): void;
  end(error: ParserError, socket: Duplex): void;
} {
  const latest = new WeakMap<Duplex, Exchange>();
  const note = (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, { request, response });
  };
  return {
    watch(server) {
      server.prependListener('request', note);
      server.prependListener('checkExpectation', note);
    },
    end(error, socket) {
      const { request, response } = latest.get(socket) ?? {};
      if (response !== undefined && !response.closed && (response.headersSent || request?.complete)) {
        response.once('close', () => socket.destroy());
        return;
      }
      if (socket.writable) socket.end(refusal(error));
      else socket.destroy();
    },
  };
}

/** Source: RFC 9110, section 9.3.2: the reply to HEAD has no body. */
function refusal({ code, rawPacket }: ParserError): string {
  const late = code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const what = late ? 'the request took too long to arrive' : 'this is not an HTTP request';
  const body = errorBody(new VouchError(late ? 'TIMED_OUT' : 'BAD_REQUEST', what), false);
  const status = late ? '408 Request Timeout' : '400 Bad Request';
  const head = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close`;
  const bodiless = Buffer.isBuffer(rawPacket) && rawPacket.toString('latin1', 0, 5) === 'HEAD ';
  return `HTTP/1.1 ${status}\r\n${head}\r\n\r\n${bodiless ? '' : body}`;
}
