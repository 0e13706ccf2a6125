import type { Exported, ExportFiles } from './export-bundle.js';

/** A KServe InferenceService that runs the Triton repository at the storage address. */
export function kserveFiles({ options, digest }: Exported): ExportFiles {
  const { name, storageUri } = options;
  return {
    'inference-service.yaml': `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata:
  name: ${name.toLowerCase().replaceAll('_', '-')}
  annotations:
    vouch/bundle: "${digest}"
spec:
  predictor:
    minReplicas: 1
    model:
      modelFormat:
        name: triton
      protocolVersion: v2
      # the folder triton/ of this export, at an address the cluster reaches
      storageUri: ${JSON.stringify(storageUri)}
      resources:
        requests:
          cpu: "1"
          memory: 1Gi
        limits:
          cpu: "2"
          memory: 2Gi
`,
  };
}
