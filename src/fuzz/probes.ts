import type { CompiledContracts } from '../contract/contracts.ts';
import type { Json } from '../domain/json.ts';
import { candidatesOf } from './candidates.ts';
import { joinTexts } from './join-texts.ts';
import { type Classified, type Classify, type Probe, probeId } from './probe.ts';
import type { RequestClause } from './request-clauses.ts';
import { DEFAULT_BODIES, requestField } from './request-field.ts';
import { BLANKS, INVISIBLE } from './values/characters.ts';

/** The probes that show on both sides whether a clause is kept, the plainest first. */
export function probesOf(
  contracts: CompiledContracts,
  clause: RequestClause,
  classify: Classify,
): readonly Classified[] {
  const seen = new Set<string>();
  const probes = rawProbes(contracts, clause).filter((probe) => !seen.has(probeId(probe)) && seen.add(probeId(probe)));
  const speaking = probes.map(classify).filter((one) => speaksOf(one, clause, contracts));
  return joinTexts(speaking).sort((a, b) => SIDES.indexOf(a.side) - SIDES.indexOf(b.side));
}

/** What costs no session comes first: a budget may end in between. */
const SIDES = ['outside', 'inside', 'contested'];

/** Whether a probe says something of the clause: it breaks it, or leaves its question open, or keeps everything. */
function speaksOf(
  { side, broken, open, probe }: Classified,
  clause: RequestClause,
  contracts: CompiledContracts,
): boolean {
  if (side === 'outside') return broken.includes(clause.key);
  if (side === 'contested') return open.some((one) => one.clause === clause.id);
  return clause.keyword !== 'x-contested' && !namesNothing(contracts, clause, probe);
}

/** A reference that the contract allows may still name nothing. */
function namesNothing(contracts: CompiledContracts, { operation, field }: RequestClause, { over }: Probe): boolean {
  if (field === null || !requestField(contracts, operation, field).isReference) return false;
  return over[field] !== DEFAULT_BODIES[operation][field];
}

function rawProbes(contracts: CompiledContracts, clause: RequestClause): readonly Probe[] {
  const { operation, field } = clause;
  if (field !== null) return candidatesOf(contracts, clause).map((value) => ({ operation, over: { [field]: value } }));
  if (clause.keyword === 'type') return bodies(operation);
  return clause.keyword === 'required' ? omissions(contracts, clause) : questions(contracts, clause);
}

function bodies(operation: RequestClause['operation']): readonly Probe[] {
  const whole: readonly Json[] = [[], [DEFAULT_BODIES[operation]], 'text', '', 1, true, null];
  return [{ operation, over: {} }, ...whole.map((body) => ({ operation, over: {}, whole: body }))];
}

/** The default body without each field in turn, and with null where a field is required. */
function omissions(contracts: CompiledContracts, { operation }: RequestClause): readonly Probe[] {
  const over = [{}, ...contracts.fieldNames(operation).map((field) => ({ [field]: undefined }))];
  return [...over.map((one) => ({ operation, over: one })), { operation, over: {}, whole: {} }];
}

/** Names that no source knows; some mean something to a program. */
const UNKNOWN_FIELDS = ['favouriteColour', 'x-extra', 'constructor', 'toString', ''];

/** What the contested clauses of a whole body are about: unknown fields, fields left out, characters no source speaks of. */
function questions(contracts: CompiledContracts, clause: RequestClause): readonly Probe[] {
  const { operation } = clause;
  const texts = contracts.fieldNames(operation).filter((field) => {
    const { types, pattern, format, words, isReference, fresh } = requestField(contracts, operation, field);
    const isFree = format === null && words.length === 0 && (pattern === null || pattern.includes('[^'));
    return types.has('string') && isFree && !isReference && fresh === null;
  });
  return [
    ...omissions(contracts, clause),
    ...contracts.fieldNames(operation).map((field) => ({ operation, over: { [field]: null } })),
    ...UNKNOWN_FIELDS.map((field) => ({ operation, over: { [field]: 'green' } })),
    ...texts.flatMap((field) => [...INVISIBLE, ...BLANKS].map((value) => ({ operation, over: { [field]: value } }))),
  ];
}
