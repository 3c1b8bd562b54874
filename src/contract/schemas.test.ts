import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { CONTRACT_NAMES } from '../domain/messages.generated.ts';
import { createContracts } from './contracts.ts';
import { readSchema, walkSchema } from './schema-files.ts';

const contracts = createContracts();
const MESSAGES = CONTRACT_NAMES.filter((name) => !['vocabulary', 'scenario', 'results'].includes(name));
const SOURCES = ['seed', 'openapi', 'docs', 'docs-2021', 'field'];

/** What the project's own keywords may hold. */
const X_KEYWORDS: Readonly<Record<string, JsonObject>> = {
  'x-source': { type: 'array', minItems: 1, uniqueItems: true, items: { enum: SOURCES } },
  'x-contested': {
    type: 'object',
    required: ['question', 'readings'],
    additionalProperties: false,
    properties: {
      question: { type: 'string', pattern: '\\?$' },
      whenRequested: { enum: [...contracts.fieldNames('createSession')] },
      readings: {
        type: 'array',
        minItems: 2,
        items: {
          type: 'object',
          required: ['reading', 'source', 'schema'],
          additionalProperties: false,
          properties: {
            reading: { type: 'string', minLength: 1 },
            source: { type: 'array', minItems: 1, items: { enum: SOURCES } },
            schema: { $ref: 'https://json-schema.org/draft/2020-12/schema' },
          },
        },
      },
    },
  },
  'x-echo': { enum: ['same', 'upper-case', 'same-ignoring-case'] },
  'x-default': { anyOf: [{ const: 'any' }, { type: 'array', minItems: 1 }] },
  'x-set-when': { enum: [...contracts.fieldNames('createSession')] },
  'x-rule': { type: 'string', minLength: 10 },
  'x-at': { type: 'string', pattern: '^/' },
  'x-not-before': { type: 'string' },
};

describe.each(CONTRACT_NAMES)('%s', (name) => {
  const schema = readSchema(name);

  test('is a valid JSON Schema of 2020-12', () => {
    const ajv = new Ajv2020();
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.$id).toBe(`${name}.schema.json`);
    expect(ajv.validateSchema(schema), JSON.stringify(ajv.errors)).toBe(true);
  });

  test('compiles, and uses no keyword of its own that is not known, nor wrongly', () => {
    contracts.validators.prepare(name);
    const ajv = new Ajv2020();
    walkSchema(name, schema, (here, { pointer }) => {
      for (const [keyword, value] of Object.entries(here).filter(([key]) => key.startsWith('x-'))) {
        const form = X_KEYWORDS[keyword];
        expect(form, `${pointer}/${keyword}`).toBeDefined();
        expect(ajv.validate(form ?? false, value), `${pointer}/${keyword} ${JSON.stringify(ajv.errors)}`).toBe(true);
      }
    });
  });

  test('leads to nothing that is not there', () => {
    walkSchema(name, schema, (here, { pointer }) => {
      const ref = here.$ref;
      if (typeof ref !== 'string') return;
      expect(contracts.index.deref(ref.startsWith('#') ? `${name}.schema.json${ref}` : ref), pointer).toBeDefined();
    });
  });
});

test('clause ids are unique, and begin with the name of their contract', () => {
  const ids = contracts.clauses().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const clause of contracts.clauses()) expect(clause.id).toBe(`${clause.contract}#${clause.pointer}`);
});

test('every property of every message names its source, and so does every clause and every enum', () => {
  const silent: string[] = [];
  for (const name of MESSAGES) {
    walkSchema(name, readSchema(name), (here, { pointer }) => {
      if (/\/(?:if|then|x-contested)(?:\/|$)/.test(pointer) || !isJsonObject(here.properties)) return;
      for (const [field, property] of Object.entries(here.properties)) {
        if (!isJsonObject(property) || property['x-source'] === undefined) silent.push(`${name}#${pointer} ${field}`);
      }
    });
  }
  const sourceless = contracts
    .clauses()
    .filter(
      ({ contract, source }) => (MESSAGES as string[]).concat('vocabulary').includes(contract) && source.length === 0,
    );
  expect([silent, sourceless.map(({ id }) => id)]).toEqual([[], []]);
});

test('the enums of the vocabulary are copied nowhere', () => {
  const words = new Set(enumsOf('vocabulary').flatMap(({ values }) => values));
  const copies = CONTRACT_NAMES.filter((name) => name !== 'vocabulary')
    .flatMap((name) => enumsOf(name))
    .filter(({ values }) => values.filter((value) => words.has(value)).length > 1);
  expect(copies).toEqual([]);
});

test('a country code in either case is one of the countries', () => {
  const definitions = readSchema('vocabulary').$defs as { readonly [name: string]: JsonObject };
  const codes = definitions.country?.enum as readonly string[];
  const either = codes.map((code) => [...code].map((letter) => `[${letter}${letter.toLowerCase()}]`).join(''));
  expect(codes).toHaveLength(249);
  expect(definitions.countryCode?.pattern).toBe(`^(${either.join('|')})$`);
});

/** Every enum of a contract with its place. */
function enumsOf(
  name: (typeof CONTRACT_NAMES)[number],
): readonly { readonly at: string; readonly values: readonly Json[] }[] {
  const found: { at: string; values: readonly Json[] }[] = [];
  walkSchema(name, readSchema(name), (here, { pointer }) => {
    if (Array.isArray(here.enum)) found.push({ at: `${name}#${pointer}/enum`, values: here.enum as readonly Json[] });
  });
  return found;
}

test('the number of values of each list is what the facts count', () => {
  const counts = Object.fromEntries(
    enumsOf('vocabulary').map(({ at, values }) => [at.split('/')[2], new Set(values).size]),
  );
  expect(counts).toMatchObject({
    dummyStatus: 5,
    manualFaceMatchResult: 11,
    manualDocumentValidity: 28,
    faceResult: 12,
    documentResult: 40,
    fraudTag: 28,
    mismatchTag: 27,
    documentType: 19,
    webhookDocumentType: 36,
    errorIdentifier: 13,
    overallStatus: 8,
    statusResult: 6,
    eventType: 6,
    platform: 6,
    ageEstimate: 10,
    proxyRiskLevel: 6,
  });
  for (const { at, values } of enumsOf('vocabulary')) expect(new Set(values).size, at).toBe(values.length);
});

describe('generated files', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const run = promisify(execFile);
  const check = (folder: string): Promise<unknown> =>
    run(process.execPath, [join(folder, 'contracts/generate.js'), '--check'], { cwd: folder });
  let copy = '';

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'contracts-'));
    await cp(join(root, 'contracts'), join(copy, 'contracts'), { recursive: true });
    await cp(join(root, 'src/domain'), join(copy, 'src/domain'), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
    await writeFile(join(copy, 'package.json'), '{"type": "module"}');
  });

  afterAll(() => rm(copy, { recursive: true, force: true }));

  test('are not stale', () => expect(check(root)).resolves.toBeDefined());

  test.each([
    ['vocabulary.schema.json', '"enum": ["M", "F"]', '"enum": ["M", "F", "X"]', 'vocabulary.generated.ts'],
    ['status-request.schema.json', '"required": ["scanRef"]', '"required": []', 'messages.generated.ts'],
    ['openapi.yaml', '/api/v2/status:', '/api/v3/status:', 'operations.generated.ts'],
  ])('are stale when %s changes', async (name, before, after, stale) => {
    const file = join(copy, 'contracts', name);
    const text = await readFile(file, 'utf8');
    expect(text).toContain(before);
    await writeFile(file, text.replace(before, after));
    await expect(check(copy)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`src/domain/${stale} is stale`),
    });
    await writeFile(file, text);
  });
});
