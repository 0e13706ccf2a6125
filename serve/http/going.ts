import type { ServerResponse } from 'node:http';

/** The requests and responses in progress. */
export interface Going {
  /** Requests that have arrived and are not answered yet. */
  inFlight: number;
  /** Registers a response. Once the service is about to stop, its connection closes after it. */
  open(response: ServerResponse): void;
  closed(response: ServerResponse): void;
  /**
   * From now on every response closes its connection, so that no client sends a request on a connection that is about
   * to be closed.
   */
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
