import { bodyOf } from '../http/body.js';
import { inferBody } from '../oip/infer-body.js';
import { openModels } from '../oip/models.js';
import type { Parts, Route } from '../parts.js';
import type { InferJob } from '../thread/jobs.js';
import { LONG } from '../thread/long.js';
import { runAside } from '../thread/run-aside.js';
import { modelAt, modelPaths, type Named } from './models.js';

/** Length of the JSON part where binary tensors follow it, in requests and in responses. */
const HEADER_LENGTH = 'inference-header-content-length';

/** POST …/infer by the Open Inference Protocol, tensors as JSON or, by its extension, as bytes behind the JSON; a long body in a thread. */
export const infer: Route = (app, parts: Parts) => {
  const { live, options } = parts;
  const models = openModels(options.name);
  const schema = {
    tags: ['Open Inference Protocol'],
    summary: 'Infer: tensors as JSON, or as bytes behind it (Inference-Header-Content-Length).',
  };
  for (const path of modelPaths) {
    app.post(`${path}/infer`, { schema }, async (request, reply) => {
      const loaded = live.take();
      try {
        const model = modelAt(models, loaded, request.params as Named);
        const body = await bodyOf(request);
        const header = request.headers[HEADER_LENGTH];
        const job = { kind: 'infer' as const, body, header, name: options.name, model: model.name };
        const written =
          body.length > LONG
            ? await runAside<InferJob>(loaded, job, { work: parts, gone: () => request.socket.destroyed })
            : await inferBody(body, { header, model, loaded, work: parts });
        if (written.headerLength === null) reply.header('content-type', 'application/json');
        else reply.header('content-type', 'application/octet-stream').header(HEADER_LENGTH, written.headerLength);
        return asBuffer(written.body);
      } finally {
        live.give(loaded);
      }
    });
  }
};

/** A thread gives plain bytes. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
