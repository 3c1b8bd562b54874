import { type CompiledContracts, createContracts } from '../contract/contracts.ts';

let contracts: CompiledContracts | undefined;

/** The contracts of this process; reading them takes a moment, and nothing in them changes. */
export function sharedContracts(): CompiledContracts {
  contracts ??= createContracts();
  return contracts;
}
