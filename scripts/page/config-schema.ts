import { z } from 'zod';
import { trainOptionsSchema } from '../../train/options.js';

/** A part of a JSON schema, as far as options use it. */
export interface Schema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  [key: string]: unknown;
}

/** Number.MAX_SAFE_INTEGER is the limit of a whole number, not of an option. */
const MOST = Number.MAX_SAFE_INTEGER;

/**
 * The JSON schema (draft 2020-12) of a `--config` file, made from the schema that the program itself checks options
 * with. `says` gives the description of a key (`trees.depth`).
 */
export function configSchema(says: (key: string) => string): Schema {
  const { $schema, ...made } = z.toJSONSchema(trainOptionsSchema, { io: 'input', target: 'draft-2020-12' }) as Schema;
  const own = { type: 'string', description: 'Address of this schema, for editors. vouch does not read it.' };
  const { properties = {}, ...rest } = made;
  const described = Object.entries(properties).map(([key, schema]) => [key, withDescription(schema, key, says)]);
  return {
    $schema,
    title: 'Options of `vouch train --config`',
    ...rest,
    properties: { $schema: own, ...Object.fromEntries(described) },
  };
}

function withDescription(schema: Schema, key: string, says: (key: string) => string): Schema {
  const { properties, ...rest } = limited(schema);
  const parts = Object.entries(properties ?? {}).map(([part, each]) => [
    part,
    withDescription(each, `${key}.${part}`, says),
  ]);
  return {
    description: says(key),
    ...rest,
    ...(properties === undefined ? {} : { properties: Object.fromEntries(parts) }),
  };
}

/** Without limits that only say that a whole number is exact. */
function limited({ minimum, maximum, items, ...rest }: Schema): Schema {
  return {
    ...rest,
    ...(minimum === undefined || minimum === -MOST ? {} : { minimum }),
    ...(maximum === undefined || maximum === MOST ? {} : { maximum }),
    ...(items === undefined ? {} : { items: limited(items) }),
  };
}

/** The values that a schema allows, in words: `number above 0 and below 1`. */
export function valuesOf(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.type === 'array') return `list of: ${valuesOf(schema.items ?? {})}`;
  if (schema.type === 'object') return `an object, see below`;
  const names: Record<string, string> = { boolean: '`true`, `false`', string: 'text', integer: 'whole number' };
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const limits = [
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(exclusiveMaximum === undefined ? [] : [`below ${exclusiveMaximum}`]),
    ...(maximum === undefined ? [] : [`to ${maximum}`]),
  ];
  const pattern = typeof schema.pattern === 'string' ? [`like \`${schema.pattern}\``] : [];
  return [names[schema.type ?? ''] ?? schema.type ?? '', limits.join(' and '), ...pattern].filter(Boolean).join(' ');
}
