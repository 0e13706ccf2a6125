import { VouchError } from '../../support/errors.js';
import type { Loaded } from '../bundle/loaded.js';
import { openModels } from '../oip/models.js';
import type { OpenModel } from '../oip/open-model.js';
import type { Route } from '../parts.js';

/** What a path of the protocol names. */
export interface Named {
  name: string;
  version?: string;
}

/** The path of a model, with and without a version. */
export const modelPaths = ['/v2/models/:name', '/v2/models/:name/versions/:version'] as const;

/** The model that a path names. Errors: NOT_FOUND, also for a version that is no longer in use. */
export function modelAt(models: readonly OpenModel[], loaded: Loaded, { name, version }: Named): OpenModel {
  const model = models.find((each) => each.name === name);
  if (model === undefined) {
    const expected = models.map((each) => each.name).join(', ');
    throw new VouchError('NOT_FOUND', 'no such model', { field: 'model', expected, got: name });
  }
  if (version === undefined || version === loaded.version) return model;
  throw new VouchError('NOT_FOUND', 'this version is not in use', {
    field: 'version',
    expected: loaded.version,
    got: version,
  });
}

/** Metadata of the server and its models by the Open Inference Protocol. */
export const models: Route = (app, { live, options, ready }) => {
  const tags = ['Open Inference Protocol'];
  const all = openModels(options.name);
  app.get('/v2', { schema: { tags, summary: 'What this server is.' } }, (_, reply) => {
    reply.send({ name: 'vouch', version: options.vouch, extensions: ['binary_tensor_data'] });
  });
  app.get('/v2/models', { schema: { tags, summary: 'The models by name.' } }, (_, reply) => {
    reply.send({ models: all.map(({ name }) => name) });
  });
  for (const path of modelPaths) {
    app.get(path, { schema: { tags, summary: "A model's versions, inputs and outputs." } }, (request, reply) => {
      const { now } = live;
      const model = modelAt(all, now, request.params as Named);
      const { manifest } = now.scorer;
      reply.send({
        name: model.name,
        versions: [now.version],
        platform: 'vouch_bundle',
        inputs: model.inputs(manifest),
        outputs: model.outputs,
      });
    });
    app.get(
      `${path}/ready`,
      { config: { access: 'open' }, schema: { tags, summary: 'Whether a model answers.' } },
      (request, reply) => {
        const { name } = modelAt(all, live.now, request.params as Named);
        if (!ready()) reply.code(503).header('retry-after', '1');
        reply.send({ name, ready: ready() });
      },
    );
  }
};
