import { bodyOf } from '../http/body.js';
import { longParts } from '../http/long-body.js';
import { traceHeaders } from '../http/trace-headers.js';
import { inferBody } from '../oip/infer-body.js';
import { openModels } from '../oip/models.js';
import type { Parts, Route } from '../parts.js';
import { askedOf } from '../store/asked.js';
import type { InferJob } from '../thread/jobs.js';
import { runAside } from '../thread/run-aside.js';
import { modelAt, modelPaths, type Named } from './models.js';

/** Length of the JSON part if binary tensors follow it, in requests and in responses. */
const HEADER_LENGTH = 'inference-header-content-length';

/**
 * POST …/infer by the Open Inference Protocol. Tensors are JSON or, by its extension, bytes after the JSON. A thread
 * handles long bodies. Scores of answers are stored as those of POST /v1/score; rows of signals are not answers.
 */
export const infer: Route = (app, parts: Parts) => {
  const { live, options } = parts;
  const models = openModels(options.name);
  const schema = {
    tags: ['Open Inference Protocol'],
    summary: 'Infer: tensors as JSON, or as bytes after it (Inference-Header-Content-Length).',
  };
  for (const path of modelPaths) {
    app.post(`${path}/infer`, { schema }, async (request, reply) => {
      const { work, headers } = askedOf(parts, request);
      const loaded = live.take();
      try {
        const model = modelAt(models, loaded, request.params as Named);
        const body = await bodyOf(request);
        const header = request.headers[HEADER_LENGTH];
        const long = longParts(body);
        const job = { kind: 'infer' as const, header, name: options.name, model: model.name };
        const gone = () => request.socket.destroyed;
        const written =
          long === null
            ? await inferBody(body as Buffer, { header, model, loaded, work })
            : await runAside<InferJob>(loaded, { ...job, parts: long }, { work, gone });
        if (written.headerLength === null) reply.header('content-type', 'application/json');
        else reply.header('content-type', 'application/octet-stream').header(HEADER_LENGTH, written.headerLength);
        reply.headers({ ...traceHeaders(loaded, new Date().toISOString()), ...headers() });
        return asBuffer(written.body);
      } finally {
        live.give(loaded);
      }
    });
  }
};

/** A thread returns plain bytes. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
