/** The headings under which --help and docs/options.md list options that several commands share. */
export const groups = {
  grades: 'Grades:',
  questions: 'Questions:',
  files: 'Files of answers:',
  names: 'Names of models and tasks:',
  pinning: 'Which bundle to accept:',
  plugins: 'Plug-ins:',
  promise: 'The promise:',
  card: 'For the card:',
  signals: 'What is asked for:',
  requests: 'Requests to the endpoint:',
  service: 'The service:',
  limits: 'Limits of the service:',
} as const;

/** The heading of all other options. It is commander's own. */
export const OTHER = 'Options:';
