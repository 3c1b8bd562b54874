/** The whole public API of the library. */
export { type Sandbox, type SandboxOptions, startSandbox } from './sandbox/start-sandbox.ts';
export { type ScenarioPluginOptions, scenarios } from './vitest/plugin.ts';
