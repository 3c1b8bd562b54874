import type { CompiledContracts } from '../contract/contracts.ts';
import type { Operation } from '../domain/message.ts';
import type { Case } from '../domain/scenario.ts';
import { type Classified, type Classify, createClassify } from './probe.ts';
import { probesOf } from './probes.ts';
import { type RequestClause, requestClauses } from './request-clauses.ts';

/** All that can be tried of one request, made once. */
export interface ProbeCatalogue {
  readonly clauses: readonly RequestClause[];
  readonly classify: Classify;
  /** The probes of a clause, the plainest first. */
  probes(clause: RequestClause): readonly Classified[];
  /** The probes of all clauses. */
  all(): readonly Classified[];
}

const made = new WeakMap<CompiledContracts, Map<Operation, ProbeCatalogue>>();

/** The catalogue of a request's probes. */
export function probeCatalogue(contracts: CompiledContracts, operation: Operation): ProbeCatalogue {
  const known = made.get(contracts) ?? new Map<Operation, ProbeCatalogue>();
  made.set(contracts, known);
  const catalogue = known.get(operation) ?? createCatalogue(contracts, operation);
  known.set(operation, catalogue);
  return catalogue;
}

/** Makes the catalogues that some cases will need before the first of them begins: no provider waits for that. */
export function prepareCatalogues(contracts: CompiledContracts, cases: Iterable<Case>): void {
  for (const { fuzz } of cases) {
    if (fuzz === undefined || fuzz.operation === null) continue;
    const { clauses, probes } = probeCatalogue(contracts, fuzz.operation);
    for (const clause of clauses) if (clause.key === fuzz.key) probes(clause);
  }
}

function createCatalogue(contracts: CompiledContracts, operation: Operation): ProbeCatalogue {
  const clauses = requestClauses(contracts, operation);
  const classify = createClassify(contracts, clauses);
  const probes = new Map<RequestClause, readonly Classified[]>();
  const of = (clause: RequestClause): readonly Classified[] => {
    const known = probes.get(clause) ?? probesOf(contracts, clause, classify);
    probes.set(clause, known);
    return known;
  };
  return { clauses, classify, probes: of, all: () => clauses.flatMap(of) };
}
