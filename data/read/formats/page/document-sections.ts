import { NAMES } from '../../table/columns.js';

/** The sections of docs/formats.md on the ways in which rows are stored. The names of columns come from the code. */
export const layoutSections = `## JSON Lines: the canonical form

One answer per line, as a JSON object. Only \`answer\` is needed to score; a label is needed to train. A row whose keys
are all fields of the record is always read as canonical. \`null\` means missing. Keys that are not fields are kept and
counted.

\`\`\`json
{"id":"q17","model":"gpt-4o","prompt":"Capital of Australia?","answer":"Canberra","label":1,"labelSource":"human"}
{"id":"q17/m","group":"q17","model":"m","answer":"Canberra","tokens":[{"token":"Canberra","logprob":-0.02}]}
{"id":"q18/gpt-4o","group":"q18","model":"gpt-4o","prompt":"Book a table for two.","answer":null,"finish":"tool_calls"}
\`\`\`

A tool or function call is not an answer, and neither is a text that a content filter cut off. In these rows \`answer\`
is \`null\`, and \`finish\` is \`tool_calls\`, \`function_call\`, \`content_filter\` or \`error\`. They get no
probability and do not train. These are answers: an empty text that ended with \`stop\` or \`length\`, a refusal, and a
text that was cut off by its maximum length.

\`NaN\`, \`Infinity\` and \`-Infinity\` without quotes are accepted, because Python writes them. A byte order mark and
Windows line ends are fine. A line with bytes that are not UTF-8 is a bad line.

Values written by hand are accepted if they have only one meaning: numbers as ids and answers, a single text in place of
a list, labels such as \`true\`, \`"1"\` and \`"yes"\`, \`"85%"\` as stated confidence, \`"-inf"\` as a log-probability,
messages in content parts, and lists and objects written as text. A stated confidence of 85 without the percent sign is
refused, and so is any other text in place of a number.

## JSON arrays and pretty-printed JSON

Detected from the content, whatever the name of the file: one or several JSON arrays, objects over several lines, and
objects without newlines between them. The elements of an array are rows; objects at the top level are rows too. A log
format may store all its answers in one object. The file is read value by value, so only a single value must fit in
memory.

Errors name the line where the value begins. From a file that was cut off, vouch reads the complete values; the rest is
one bad line.

\`\`\`json
[
  { "id": "a", "prompt": "What is the capital of Australia?", "answer": "Canberra" },
  { "id": "b", "prompt": "What is the capital of Peru?", "answer": "Lima" }
]
\`\`\`

## Server-sent events

From a stored stream (\`data: {…}\` lines), vouch reads the JSON values after \`data:\`. \`[DONE]\`, comments and the
fields \`event\`, \`id\` and \`retry\` are skipped. The chunks of one answer are joined.

## CSV

A header is required. The separator (comma, semicolon, tab or |), the quotes, the newlines, a byte order mark and
Excel's line \`sep=;\` are detected from the content. Empty cells are missing, but an empty answer is an answer. Lists
and objects may be written as JSON or in Python notation. Rows that contain only separators are skipped. A row is a bad
line if it has too many or too few cells, or bytes that are not UTF-8.

Decimal commas are accepted: always in labels, stated confidence and choices, and in other numbers if the column shows
that its commas are decimal (\`0,93\` does; \`1.234,5\` and \`1,234.5\` show both marks). Apostrophes and blanks between
thousands are accepted too (\`1'234.50\`, \`1 234,5\`). A number with two readings, such as \`1,234\`, is refused if
neither its column nor the file shows which is meant. Stated confidence is read as a percentage if it has a \`%\` or
goes above 10. A scale of 1 to 5 or 1 to 10 is refused.

Columns are found by the names of the fields, else by these names:

| field | columns |
| --- | --- |
${Object.entries(NAMES)
  .map(([field, names]) => `| \`${field}\` | ${names.join(', ')} |`)
  .join('\n')}

Case, blanks, \`_\` and \`-\` do not matter. vouch prints which columns it recognised by such a name. Two columns that
could both be the answer, or both the label, are an error. A column named \`score\`, \`source\` or \`system\` is never
used as the label, the source of the label or the model.

\`\`\`csv
id,question,response,is_correct
a,What is the capital of Australia?,Canberra,1
b,What is the capital of Peru?,Cusco,0
\`\`\`

## Parquet

Columns are found as in CSV. Lists and structs are read directly. Tokens may be a list of structs \`token, logprob,
top\`.

## Fields with other names: \`--map\`

\`--map answer=my_column\` names the column, or the key, that contains a field. It may be a path:
\`answer=choices[0].message.content\`, \`prompt=messages[-1].content\` (−1 is the last one), \`model=["llm.model"]\`. If
a key contains dots, its whole name is looked up first. The path may lead into JSON that is stored as text, in JSON
Lines, CSV and Parquet. \`--map FILE.json\` accepts names that contain \`=\` or a comma: \`{"answer": "a=b"}\`. It is an
error if no row of a file, or none of its first 1,000 rows, has a mapped field; the error lists the existing keys.

## Compression

gzip (one or several members) and Zstandard (one or several frames, skippable frames, pzstd) are detected from the first
bytes, whatever the name of the file. Checksums are verified. A Zstandard frame with a window of more than 128 MiB is
refused. A Zstandard block that takes more than two seconds counts as damaged. Zeros after the data are skipped. Any
other bytes there are an error, and so is a file that was cut off. JSON Lines, JSON and CSV may be compressed; Parquet
compresses its own columns. bzip2 and xz are not supported. The only zip archives that are supported are the \`.eval\`
logs of Inspect.

## Batch input and output files are joined

The output of a batch contains answers without their prompts. Give the batch's input file in the same command, in any
order:

\`\`\`sh
vouch read batch-input.jsonl batch-output.jsonl
\`\`\`

Answers are matched to requests by \`custom_id\`. The requests are kept in memory while the outputs are read. Without
the input file, answers have no prompt. Failed requests are set aside with their reason.
`;
