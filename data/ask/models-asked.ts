import { VouchError } from '../../support/errors.js';
import type { AskRun } from './ask-run.js';
import { perModel, valuesFor } from './per-model.js';

/** A model that judges, examines or compares texts, and where it is. */
interface OtherModel {
  model: string;
  endpoints: string[];
}

/** Whether anything is asked of the model that answers, and the models that judge, examine or compare, each once. */
interface ModelsAsked {
  answering: boolean;
  others: OtherModel[];
}

/**
 * Which models a run asks beside the one that answers, checked: each has an endpoint. Judges, the examiner and the
 * entailment model are at `judgeEndpoints`, their own (`MODEL=URL`) or those for all, else at the endpoints of the model
 * that answers. Errors: BAD_USAGE.
 */
export function modelsAsked({ ask, way }: Pick<AskRun, 'ask' | 'way'>): ModelsAsked {
  const { samples, stated, ptrue, statedAfter, crossExamine, judge, entailModel, model } = ask;
  const answering = samples > 0 || stated || ptrue || statedAfter > 0 || crossExamine !== undefined;
  const names = [...new Set([...judge, crossExamine, entailModel].filter((name) => name !== undefined))];
  const places = perModel(way.judgeEndpoints, '--judge-endpoint', names);
  const others = names.map((name) => {
    const own = valuesFor(places, name);
    return { model: name, endpoints: own.length > 0 ? own : way.endpoints };
  });
  if (answering && model === undefined) throw missing('--model', 'the name of the model that answers');
  if (answering && way.endpoints.length === 0) throw missing('--endpoint', 'the address of an endpoint');
  if (others.some(({ endpoints }) => endpoints.length === 0)) {
    throw missing('--judge-endpoint', 'the address of an endpoint of each judge');
  }
  return { answering, others };
}

function missing(field: string, expected: string): VouchError {
  return new VouchError('BAD_USAGE', 'is missing, and no model can be asked without it', { field, expected });
}
