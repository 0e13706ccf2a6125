import { NAMES } from '../../table/columns.js';

/** What docs/formats.md says of the ways in which rows are stored. The text is written; the names of columns are taken from the code. */
export const layoutSections = `## JSON Lines: the canonical form

One answer per line, as a JSON object. Only \`answer\` is needed to score; a label is needed to train. A row whose keys are all
fields of the record is always read as it stands. \`null\` is missing. Keys that are no fields are kept and counted.

\`\`\`json
{"id":"q17/gpt-4o","group":"q17","model":"gpt-4o","prompt":"What is the capital of Australia?","answer":"Canberra","tokens":[{"token":"Canberra","logprob":-0.02}],"label":1,"labelSource":"human"}
{"id":"q18/gpt-4o","group":"q18","model":"gpt-4o","prompt":"Book a table for two.","answer":null,"finish":"tool_calls"}
\`\`\`

A tool or function call, and what a content filter cut off, is no answer: \`answer\` is \`null\`, and \`finish\` is \`tool_calls\`,
\`function_call\`, \`content_filter\` or \`error\`. Such rows get no probability, and nothing is learnt from them. An empty text that ended
with \`stop\` or \`length\` is an answer, and so are refusals and texts that were cut off by their length.

\`NaN\`, \`Infinity\` and \`-Infinity\` without quotes are read, as Python writes them. A byte order mark and Windows line ends are fine.
A line with bytes that are no UTF-8 is a bad line.

What is written by hand is read where it can mean one thing only: numbers as ids and answers, one text where a list belongs, labels
such as \`true\`, \`"1"\` and \`"yes"\`, \`"85%"\` as stated confidence, \`"-inf"\` as a log-probability, messages in content parts, lists and objects
written as text. A stated confidence of 85 without the sign, and any other text where a number belongs, is refused.

## JSON arrays and pretty-printed JSON

Detected from the content, whatever the name of the file: one JSON array, or several; objects that stretch over several lines; objects
one after the other without a newline between them. The elements of an array are rows, and so are objects at the top. A log format
may store all its answers in one object. The file is read value by value and need not fit in memory, but each value must.

Errors name the line where the value begins. A file that was cut off gives its whole values and one bad line with the rest.

\`\`\`json
[
  { "id": "a", "prompt": "What is the capital of Australia?", "answer": "Canberra" },
  { "id": "b", "prompt": "What is the capital of Peru?", "answer": "Lima" }
]
\`\`\`

## Server-sent events

A stored stream (\`data: {…}\` lines) is read as the JSON values after \`data:\`. \`[DONE]\`, comments and the fields \`event\`, \`id\` and \`retry\` are
passed over. Chunks of one answer are joined.

## CSV

Read with a header. The separator (comma, semicolon, tab or |), the quotes, the newlines, a byte order mark and Excel's line \`sep=;\` are
detected from the content. Empty cells are missing, but an empty answer is an answer. Lists and objects may be written as JSON or as
Python writes them. Rows of nothing but separators are passed over. A row with too many or too few cells, or with bytes that are no UTF-8,
is a bad line.

A decimal comma is read: always in labels, stated confidence and choices, in other numbers by what their column shows (\`0,93\` is
decimal, \`1.234,5\` and \`1,234.5\` show both marks). Apostrophes and
blanks between thousands are read too (\`1'234.50\`, \`1 234,5\`). A number that may be one of two, such as \`1,234\` in a column and a file that show neither,
is refused. Stated confidence is in percent where it is written with \`%\` or goes above 10; a scale of 1 to 5 or 10 is refused.

Columns are found by the names of the fields, else by these:

| field | columns |
| --- | --- |
${Object.entries(NAMES)
  .map(([field, names]) => `| \`${field}\` | ${names.join(', ')} |`)
  .join('\n')}

Case, blanks, \`_\` and \`-\` do not matter. Columns that were taken by such a name are announced. Two columns that could be the answer, or
the label, are an error. Columns called \`score\`, \`source\` or \`system\` are never taken for a label, its source or the model.

\`\`\`csv
id,question,response,is_correct
a,What is the capital of Australia?,Canberra,1
b,What is the capital of Peru?,Cusco,0
\`\`\`

## Parquet

Columns are found as in CSV; lists and structs are read as they are. Tokens may be a list of structs \`token, logprob, top\`.

## Fields that are called something else: \`--map\`

\`--map answer=my_column\` names the column, or the key, that holds a field. It may be a path: \`answer=choices[0].message.content\`,
\`prompt=messages[-1].content\` (from the end), \`model=["llm.model"]\`. A key that holds dots is found by its whole name. The path may lead into
JSON that is stored as text, in JSON Lines, cells of CSV and Parquet alike. \`--map FILE.json\` takes names that hold \`=\` or a comma:
\`{"answer": "a=b"}\`. A mapped field that no row of a file has, or none of its first 1,000, is an error that lists the keys there are.

## Compression

gzip (one or several members) and Zstandard (one or several frames, skippable frames, pzstd) are detected from the first bytes, whatever
the name of the file. Checksums are verified. Zeros behind the data are passed over; anything else there is an error, and so is a file that was cut off. JSON Lines, JSON and CSV may be compressed; Parquet compresses its own columns. bzip2 and xz are not read. Of zip
archives only the \`.eval\` logs of Inspect are read.

## Batch input and output files are joined

The output of a batch holds answers without their prompts. Give the batch's input file in the same command, in any order:

\`\`\`sh
vouch read batch-input.jsonl batch-output.jsonl
\`\`\`

Requests are matched to answers by \`custom_id\`. They are kept in memory while the outputs are read. Without the input file, answers have no
prompt. Failed requests are set aside with their reason.
`;
