import { checkRecord } from '../../data/check-record.js';
import { parseJson } from '../../data/read/json/parse-json.js';
import { checkSamples } from '../http/check-samples.js';
import { wrong } from './from-json.js';
import { inputOf } from './inputs.js';
import type { OpenModel } from './open-model.js';
import { scoresOut, scoreTensors } from './scores-out.js';

/** Whole answers: each is a canonical record as JSON text, with any of the fields. The service computes the signals. */
export function rawModel(name: string): OpenModel {
  return {
    name,
    inputs: () => [{ name: 'record', datatype: 'BYTES', shape: [-1] }],
    outputs: scoresOut,
    infer: async (inputs, loaded, parts) => {
      const { data } = inputOf(inputs, 'record', 'BYTES', [-1]);
      const records = data.map((text, i) => {
        const record = checkRecord(parsed(text, i), undefined, i + 1);
        return checkSamples(record, parts.options.mostRecords);
      });
      return scoreTensors(records, loaded, parts);
    },
  };
}

function parsed(text: string, i: number): unknown {
  try {
    return parseJson(text);
  } catch {
    throw wrong(`record[${i}]`, 'not JSON', 'a record as JSON', text);
  }
}
