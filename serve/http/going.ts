import type { ServerResponse } from 'node:http';

/** What is going on now. */
export interface Going {
  /** Requests that have arrived and are not answered yet. */
  inFlight: number;
  /** A response is to come; its connection closes behind it, once this service is about to stop. */
  open(response: ServerResponse): void;
  closed(response: ServerResponse): void;
  /** From now on every response closes its connection, so that no request is sent on one that is about to be closed. */
  retire(): void;
}

export function newGoing(): Going {
  const responses = new Set<ServerResponse>();
  let retired = false;
  const close = (response: ServerResponse) => {
    response.shouldKeepAlive = false; // Node then sends `Connection: close`
  };
  return {
    inFlight: 0,
    open: (response) => {
      responses.add(response);
      if (retired) close(response);
    },
    closed: (response) => responses.delete(response),
    retire: () => {
      retired = true;
      responses.forEach(close);
    },
  };
}
