/** The whole public API of the library; the vitest plugin is `idenfy-contracts/vitest`. */
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox/start-sandbox.ts';
