// Generates TypeScript from the contracts: `node contracts/generate.js` writes, `--check` fails when something is stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compile } from 'json-schema-to-typescript';
import { parse } from 'yaml';

const CONTRACTS = new URL('./', import.meta.url);
const DOMAIN = new URL('../src/domain/', import.meta.url);
const HEAD = '// Generated from contracts/ by contracts/generate.js; do not edit.\n';
const OPERATIONS = ['createSession', 'addManualStatus', 'getStatus'];

const read = (name) => readFileSync(new URL(name, CONTRACTS), 'utf8');
const schema = (name) => JSON.parse(read(`${name}.schema.json`));
const constantCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
const pascalCase = (name) => name.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase());

/** Every enum of the vocabulary as a constant and a union type. */
function vocabulary() {
  const parts = Object.entries(schema('vocabulary').$defs)
    .filter(([, definition]) => definition.enum !== undefined)
    .map(([name, { description, enum: values }]) => {
      const type = pascalCase(name);
      const union = values.map((value) => `\n  | '${value}'`).join('');
      const list = values.map((value) => `\n  '${value}',`).join('');
      return `/** ${description} */\nexport type ${type} =${union};\n\n/** ${description} */\nexport const ${constantCase(name)}: readonly ${type}[] = [${list}\n];\n`;
    });
  return HEAD + parts.join('\n');
}

/** Method, path, contracts and success statuses of each operation of openapi.yaml. */
function operations() {
  const paths = parse(read('openapi.yaml')).paths;
  const contractOf = (content) => content['application/json'].schema.$ref.replace(/^\.\/(.*)\.schema\.json$/, '$1');
  const rows = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      if (!OPERATIONS.includes(operation.operationId)) return [];
      const success = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
      return `  ${operation.operationId}: {
    method: '${method.toUpperCase()}',
    path: '${path}',
    request: '${contractOf(operation.requestBody.content)}',
    success: [${success.join(', ')}],
    response: '${contractOf(operation.responses[success[0]].content)}',
  },`;
    }),
  );
  return `${HEAD}import type { OperationContract } from './contract.ts';
import type { Operation } from './message.ts';

/** The operations of contracts/openapi.yaml. */
export const OPERATIONS: Readonly<Record<Operation, OperationContract>> = {
${rows.join('\n')}
};
`;
}

/** The names of the contracts, and a type for each message. */
async function messages() {
  const names = readdirSync(CONTRACTS)
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => name.replace('.schema.json', ''))
    .sort();
  const union = `/** Name of a contract: the file \`contracts/<name>.schema.json\`. */\nexport type ContractName =${names.map((name) => `\n  | '${name}'`).join('')};\n\n/** Every contract. */\nexport const CONTRACT_NAMES: readonly ContractName[] = [${names.map((name) => `\n  '${name}',`).join('')}\n];\n`;
  const messages = names.filter((name) => !['vocabulary', 'scenario'].includes(name));
  const all = {
    $id: 'messages',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(messages.map((name) => [name, { $ref: `./${name}.schema.json` }])),
  };
  const types = await compile(all, 'Messages', {
    bannerComment: '',
    cwd: new URL('.', CONTRACTS).pathname,
    format: false,
    unknownAny: true,
  });
  return `${HEAD}${union}\n${types}`;
}

const files = {
  'vocabulary.generated.ts': vocabulary(),
  'operations.generated.ts': operations(),
  'messages.generated.ts': await messages(),
};
const stale = Object.entries(files).filter(([name, text]) => {
  try {
    return readFileSync(new URL(name, DOMAIN), 'utf8') !== text;
  } catch {
    return true;
  }
});
if (process.argv.includes('--check')) {
  for (const [name] of stale) process.stderr.write(`src/domain/${name} is stale: run \`npm run generate\`\n`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [name, text] of stale) writeFileSync(new URL(name, DOMAIN), text);
  process.stdout.write(`${stale.length} of ${Object.keys(files).length} files written\n`);
}
