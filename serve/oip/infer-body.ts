import type { Loaded } from '../bundle/loaded.js';
import type { Work } from '../parts.js';
import type { Inferred } from './inferred.js';
import type { OpenModel } from './open-model.js';
import { readInfer } from './read-infer.js';
import { writeInfer } from './write-infer.js';

interface Inferring {
  /** Length of the JSON part if binary tensors follow it. */
  header: string | string[] | undefined;
  model: OpenModel;
  loaded: Loaded;
  work: Work;
}

/** The reply to POST …/infer. Errors: those of reading, of the model and of writing. */
export async function inferBody(body: Buffer, { header, model, loaded, work }: Inferring): Promise<Inferred> {
  const asked = await readInfer(body, header, work.options.mostRecords);
  const outputs = await model.infer(asked.inputs, loaded, work);
  const head = {
    model_name: model.name,
    model_version: loaded.version,
    ...(asked.id === undefined ? {} : { id: asked.id }),
  };
  return writeInfer(head, outputs, asked);
}
