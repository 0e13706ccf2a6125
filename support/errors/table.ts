import { policyErrors } from './policy.js';
import type { ErrorRow } from './row.js';
import { storeErrors } from './store.js';
import { versionErrors } from './versions.js';

/** The table of coded errors. Every failure that a user can cause or see has one row here. */
export const errors = {
  BAD_JSON: {
    topic: 'answers',
    means: 'a line is not JSON',
    remedy: 'Correct the line that the message names, or set such lines aside with `--bad-lines skip`.',
    exit: 1,
    http: 400,
  },
  BAD_RECORD: {
    topic: 'answers',
    means: 'a field of an answer has the wrong type or is out of range',
    remedy: 'Correct the named field ([record](record.md)), or say where the right one is with `--map`.',
    exit: 1,
    http: 400,
  },
  BAD_LABEL: {
    topic: 'answers',
    means: 'a label or grade cannot be read or is outside 0..1',
    remedy:
      'Say what the grades mean with `--label-values`, `--label-threshold` or `--label-scale` ([labels](labels.md)).',
    exit: 1,
    http: 400,
  },
  BAD_CSV: {
    topic: 'answers',
    means: 'a CSV file cannot be parsed or lacks a column',
    remedy: 'Correct the line that the message names. If a column has another name, give it with `--map`.',
    exit: 1,
  },
  BAD_PARQUET: {
    topic: 'answers',
    means: 'a Parquet file cannot be read or lacks a column',
    remedy: 'If the file is damaged, write it again. If a column has another name, give it with `--map`.',
    exit: 1,
  },
  UNKNOWN_FORMAT: {
    topic: 'answers',
    means: 'the format of a file cannot be detected from its name or content',
    remedy: 'Name the format with `--format`, or say where the answer is with `--map` ([formats](formats.md)).',
    exit: 1,
  },
  DUPLICATE_ID: {
    topic: 'answers',
    means: 'two answers have the same id',
    remedy: 'Give each answer an id of its own, or leave ids out: vouch then makes them.',
    exit: 1,
  },
  NO_ANSWERS: {
    topic: 'answers',
    means: 'the input has no usable answer',
    remedy: 'Run `vouch read FILE`: it shows what was read, and why rows were left out.',
    exit: 1,
  },
  NO_LABELS: {
    topic: 'training',
    means: 'the input has no labelled answer',
    remedy: 'Give grades with `--labels FILE --on FIELD`, or make them with `vouch label` ([labels](labels.md)).',
    exit: 1,
  },
  ONE_CLASS: {
    topic: 'training',
    means: 'all labels are the same, so there is nothing to learn',
    remedy: 'Add labelled answers of the other kind, and check that the grades were read as you meant them.',
    exit: 1,
  },
  TOO_FEW_LABELS: {
    topic: 'training',
    means: 'there are too few labelled answers or questions to train on',
    remedy: 'Label more answers: training needs 50 labels on 20 questions, and several hundred to certify anything.',
    exit: 1,
  },
  ONE_GROUP: {
    topic: 'training',
    means: 'all answers belong to one question, so they cannot be split by question',
    remedy: 'Name the field that identifies the question with `--group-by FIELD`.',
    exit: 1,
  },
  NO_SIGNALS: {
    topic: 'training',
    means: 'no signal varies between the answers',
    remedy: 'Record more about each answer, for example log-probabilities ([record](record.md)).',
    exit: 1,
  },
  BACKEND_UNAVAILABLE: {
    topic: 'training',
    means: 'the requested compute backend is not available here',
    remedy: 'Leave `--backend` out. `vouch doctor` lists what works here and how to add the others.',
    exit: 1,
  },
  FILE_MISSING: {
    topic: 'files',
    means: 'a file or folder does not exist',
    remedy: 'Check the path. Relative paths start at the folder in which the command runs.',
    exit: 1,
    http: 422,
  },
  FILE_UNREADABLE: {
    topic: 'files',
    means: 'a file exists but cannot be read',
    remedy: 'Check its permissions, and whether it is a file, not a folder.',
    exit: 1,
    http: 422,
  },
  OUT_UNWRITABLE: {
    topic: 'files',
    means: 'the output cannot be written',
    remedy: 'Check that the folder exists and that you may write to it, or choose another output.',
    exit: 1,
  },
  OUT_EXISTS: {
    topic: 'files',
    means: 'the output exists and contains something else',
    remedy: 'Choose another output, or move what is there. vouch replaces only what it wrote itself.',
    exit: 1,
  },
  DISK_FULL: {
    topic: 'files',
    means: 'the disk is full',
    remedy: 'Free some space and run the command again. `train` and `score` continue with `--resume`.',
    exit: 1,
  },
  RESUME_MISMATCH: {
    topic: 'files',
    means: 'the output of the earlier run belongs to another input, bundle or options',
    remedy: 'Give the same input, bundle and options as before, or start again without `--resume`.',
    exit: 1,
  },
  BUNDLE_DAMAGED: {
    topic: 'bundle',
    means: 'a file of the bundle is missing or differs from its hash',
    remedy: 'Copy the bundle again, with all its files, or train it again.',
    exit: 1,
    http: 422,
  },
  BUNDLE_NEWER: {
    topic: 'bundle',
    means: 'the bundle was written by a newer version of vouch',
    remedy: 'Update vouch, or train the bundle with this version.',
    exit: 1,
    http: 422,
  },
  RESULT_BAD: {
    topic: 'bundle',
    means: 'a file is not a result of the command that it should come from, or is about another bundle',
    remedy:
      'Give the file that `vouch monitor --out` or `vouch evaluate --out` wrote for this bundle ([evidence](evidence.md)).',
    exit: 1,
  },
  BUNDLE_BAD: {
    topic: 'bundle',
    means: 'the folder is not a bundle, or the bundle cannot be used in this way',
    remedy: 'Give the folder that `vouch train` wrote. `vouch doctor DIR` checks a bundle.',
    exit: 1,
    http: 422,
  },
  BUNDLE_UNTRUSTED: {
    topic: 'bundle',
    means: 'the bundle is not signed by a trusted key',
    remedy:
      'Sign it with `vouch sign`, or add the public key of its signer to `--trusted-keys` ([security](security.md)).',
    exit: 1,
    http: 422,
  },
  BUNDLE_PLUGIN: {
    topic: 'bundle',
    means: 'the bundle needs a plug-in that was not given, or a different one was given',
    remedy: 'Give the plug-in that the message names, with the same version and hash ([plug-ins](plugins.md)).',
    exit: 1,
    http: 422,
  },
  BUNDLE_ENCODER: {
    topic: 'bundle',
    means: 'an encoder or entailment model differs from the one of the same name that the bundle was trained with',
    remedy: 'Give the one that the message names, with the same SHA-256 ([encoders](encoders.md)).',
    exit: 1,
    http: 422,
  },
  ENCODER_BAD: {
    topic: 'run',
    means: 'an encoder or an entailment model that was given cannot be used',
    remedy:
      'Correct the file that the message names ([encoders](encoders.md#getting-one), [entailment](entailment.md)).',
    exit: 1,
  },
  PLUGIN_BAD: {
    topic: 'run',
    means: 'a plug-in cannot be loaded',
    remedy: 'Correct the path or the module; the message says what is wrong ([plug-ins](plugins.md)).',
    exit: 1,
  },
  PLUGIN_FAILED: {
    topic: 'run',
    means: 'a plug-in threw an error or returned an invalid value',
    remedy: 'Correct the plug-in. The message names it, and the answer or row at which it failed.',
    exit: 1,
  },
  ENDPOINT_FAILED: {
    topic: 'service',
    means: 'an endpoint refused, failed or timed out',
    remedy: 'Check the address, key and model. `collect` and `enrich` continue when they are run again.',
    exit: 1,
    http: 502,
  },
  VERIFIER_FAILED: {
    topic: 'run',
    means: 'a verifier failed for each of its first `--give-up-after` answers',
    remedy: 'Correct the verifier; the message says how it failed. The same command then continues the run.',
    exit: 1,
  },
  BAD_REQUEST: {
    topic: 'service',
    means: 'a request does not follow the protocol',
    remedy: 'Correct the request; the message names the field. `/docs` of the service describes all routes.',
    exit: 1,
    http: 400,
  },
  NOT_ALLOWED: {
    topic: 'service',
    means: 'a request has no key, or a wrong one',
    remedy: 'Send a key of the service in `x-api-key` or as a bearer token. Admin routes need an admin key.',
    exit: 1,
    http: 401,
  },
  NOT_FOUND: {
    topic: 'service',
    means: 'the service does not have this path, model or version',
    remedy: 'Check the path in `/docs`. Leave the version out: it changes with each bundle.',
    exit: 1,
    http: 404,
  },
  TOO_LARGE: {
    topic: 'service',
    means: 'a request is larger than the service accepts',
    remedy: 'Send fewer records per request, or start the service with a higher `--body-limit` or `--most-records`.',
    exit: 1,
    http: 413,
  },
  TOO_MANY: {
    topic: 'service',
    means: 'a client sends more requests than the service accepts from one client',
    remedy: 'Wait as long as the header `Retry-After` says, or start the service with a higher `--rate`.',
    exit: 1,
    http: 429,
  },
  BUSY: {
    topic: 'service',
    means: 'the service handles as many requests as it can, or is not ready',
    remedy: 'Try again after the time in `Retry-After`, or run more instances.',
    exit: 1,
    http: 503,
  },
  TIMED_OUT: {
    topic: 'service',
    means: 'a request took longer than the service allows',
    remedy:
      'Send fewer records, or start the service with a longer `--timeout`. 408: the request did not arrive in time.',
    exit: 1,
    http: 503,
  },
  CANNOT_LISTEN: {
    topic: 'service',
    means: 'the service cannot listen at this address',
    remedy: 'Choose another `--port` or `--host`: another program may use this one.',
    exit: 1,
  },
  GATE_FAILED: {
    topic: 'run',
    means: 'a required condition was not met',
    remedy: 'The message says which condition, and what was measured.',
    exit: 1,
  },
  INTERRUPTED: {
    topic: 'run',
    means: 'the run was interrupted',
    remedy:
      'Run the command again. `train` and `score` continue with `--resume`, `collect` and `enrich` without an option.',
    exit: 1,
  },
  BAD_USAGE: {
    topic: 'run',
    means: 'the command was called wrongly',
    remedy: 'Correct the option that the message names ([options](options.md)).',
    exit: 2,
    http: 400,
  },
  ...policyErrors,
  ...storeErrors,
  ...versionErrors,
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof errors;
