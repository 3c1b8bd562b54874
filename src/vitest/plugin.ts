import { dirname } from 'node:path';
import type {} from 'vitest/config';
import type { TestProject, Vite } from 'vitest/node';
import { prepareTarget } from '../runner/target.ts';
import { CLOSING_FILE, REGISTER_FILE } from './files.ts';
import { ClosingLast } from './sequencer.ts';

/** How scenario files are to be run by vitest. */
export interface ScenarioPluginOptions {
  /** Globs of the scenario files, relative to the root; default `scenarios/**\/*.{yaml,yml}`. */
  readonly include?: readonly string[];
}

/** Every built file of this package but the closing checks, which are a test file. */
const BUILT_FILES = new RegExp(`^${escapeRegExp(dirname(dirname(REGISTER_FILE)))}/(?!vitest/closing\\.js).*\\.js$`);

const DEFAULT_INCLUDE = ['scenarios/**/*.{yaml,yml}'];

/**
 * The vitest plugin by which YAML scenario files are test files: one `describe` a scenario, one concurrent `test` a case,
 * mapped to the YAML line. One worker runs them all, because they share the webhook inbox and the connections. The
 * environment decides on the target: IDENFY_TARGET=live, otherwise the embedded sandbox.
 */
export function scenarios(options: ScenarioPluginOptions = {}): Vite.Plugin {
  const include = options.include ?? DEFAULT_INCLUDE;
  const projects = new Set<TestProject>();
  const isScenario = (id: string): boolean =>
    /\.ya?ml$/i.test(id) && [...projects].some((project) => project.matchesTestGlob(id));
  return {
    name: 'idenfy-contracts',
    enforce: 'pre',
    config: (): Vite.UserConfig => ({ test: testOptions(include) }),
    async configureVitest({ vitest, project }) {
      projects.add(project);
      const live = process.env.IDENFY_TARGET === 'live';
      const target = await prepareTarget(live ? { target: 'live' } : {}, process.env);
      vitest.onClose(() => target[Symbol.asyncDispose]());
      project.config.maxConcurrency = target.settings.concurrency;
      project.provide('idenfyContracts', target.settings);
    },
    transform: (code, id) => (isScenario(id) ? transformScenario(code, id) : undefined),
  };
}

function testOptions(include: readonly string[]): NonNullable<Vite.UserConfig['test']> {
  return {
    include: [...include, CLOSING_FILE],
    exclude: [],
    pool: 'forks',
    isolate: false,
    fileParallelism: false,
    testTimeout: 0,
    hookTimeout: 0,
    sequence: { sequencer: ClosingLast },
    // Built files are plain modules: Node loads them faster than vitest would transform them.
    ...(REGISTER_FILE.endsWith('.js') ? { server: { deps: { external: [BUILT_FILES] } } } : {}),
  };
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Turns a scenario file into a module that registers its cases; the identity map leads errors back into the YAML. */
function transformScenario(code: string, id: string): { code: string; map: Vite.Rollup.SourceMapInput } {
  const module = [
    `import { describe, inject, test } from 'vitest';`,
    `import { registerScenarioFile } from ${JSON.stringify(REGISTER_FILE)};`,
    `await registerScenarioFile({ describe, inject, test }, ${JSON.stringify(id)});`,
  ];
  const map = { version: 3 as const, sources: [id], sourcesContent: [code], names: [], mappings: '' };
  return { code: module.join('\n'), map };
}
