/** The headings under which --help and docs/options.md list options that several commands share. */
export const groups = {
  grades: 'Grades:',
  questions: 'Questions:',
  files: 'Files of answers:',
  names: 'Names of models and tasks:',
  pinning: 'Which bundle to accept:',
  plugins: 'Plug-ins:',
  encoders: 'Text models:',
  promise: 'The promise:',
  card: 'For the card:',
  signals: 'What the model is asked for:',
  attempts: 'Several answers, of which a bundle chooses:',
  verifiers: 'Judges and verifiers:',
  requests: 'Requests to the endpoint:',
  dry: 'Before anything is spent:',
  service: 'The service:',
  limits: 'Limits of the service:',
  store: 'The store:',
  dashboard: 'The dashboard:',
  monitor: 'The monitor:',
  otlp: 'OpenTelemetry:',
  policy: 'Following a policy:',
  buying: 'Following a policy, stage by stage:',
} as const;

/** The heading of all other options. It is commander's own. */
export const OTHER = 'Options:';
