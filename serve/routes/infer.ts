import { bodyOf } from '../http/body.js';
import { openModels } from '../oip/models.js';
import { readInfer } from '../oip/read-infer.js';
import { writeInfer } from '../oip/write-infer.js';
import type { Parts, Route } from '../parts.js';
import { modelAt, modelPaths, type Named } from './models.js';

/** Length of the JSON part where binary tensors follow it, in requests and in responses. */
const HEADER_LENGTH = 'inference-header-content-length';

/** POST …/infer by the Open Inference Protocol, tensors as JSON or, by its extension, as bytes behind the JSON. */
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
        const asked = await readInfer(body, request.headers[HEADER_LENGTH], options.mostRecords);
        const outputs = await model.infer(asked.inputs, loaded, parts);
        const head = {
          model_name: model.name,
          model_version: loaded.version,
          ...(asked.id === undefined ? {} : { id: asked.id }),
        };
        const written = writeInfer(head, outputs, asked);
        if (written.headerLength === null) reply.header('content-type', 'application/json');
        else reply.header('content-type', 'application/octet-stream').header(HEADER_LENGTH, written.headerLength);
        return written.body;
      } finally {
        live.give(loaded);
      }
    });
  }
};
