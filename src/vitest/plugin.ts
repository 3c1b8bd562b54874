import { dirname } from 'node:path';
import type {} from 'vitest/config';
import type { TestProject, Vite } from 'vitest/node';
import { CLOSING_FILE, REGISTER_FILE, SETUP_FILE } from './files.ts';
import { ClosingLast } from './sequencer.ts';
import type { RunSettings } from './settings.ts';
import { prepareTarget } from './target.ts';

/** How scenario files are to be run by vitest. */
export interface ScenarioPluginOptions {
  /** Globs of the scenario files, relative to the root; default `scenarios/**\/*.{yaml,yml}`. */
  readonly include?: readonly string[];
  /** A target that is already prepared; absent: the environment decides (IDENFY_TARGET=live, otherwise the sandbox). */
  readonly settings?: RunSettings;
  /** No scenario file is run before this has resolved, and none when it rejects; absent: at once. */
  readonly ready?: () => Promise<void>;
}

/** Every built file of this package but those that use vitest's own functions, which have to be the worker's. */
const BUILT_FILES = new RegExp(
  `^${escapeRegExp(dirname(dirname(REGISTER_FILE)))}/(?!vitest/(?:closing|setup)\\.js).*\\.js$`,
);

const DEFAULT_INCLUDE = ['scenarios/**/*.{yaml,yml}'];

/**
 * The vitest plugin by which YAML scenario files are test files: one `describe` a scenario, one concurrent `test` a case,
 * mapped to the YAML line. One worker runs them all, because they share the webhook inbox and the connections.
 */
export function scenarios(options: ScenarioPluginOptions = {}): Vite.Plugin {
  const include = options.include ?? DEFAULT_INCLUDE;
  const projects = new Set<TestProject>();
  const isScenario = (id: string): boolean =>
    /\.ya?ml$/i.test(id) && [...projects].some((project) => project.matchesTestGlob(id));
  return {
    name: 'idenfy-contracts',
    enforce: 'pre',
    config: (): Vite.UserConfig => ({ test: testOptions(include, options.settings) }),
    async configureVitest({ vitest, project }) {
      projects.add(project);
      const target = options.settings === undefined ? await prepareFromEnvironment() : null;
      project.provide('idenfyContracts', target?.settings ?? (options.settings as RunSettings));
      if (target !== null) vitest.onClose(() => target[Symbol.asyncDispose]());
    },
    async transform(code, id) {
      if (!isScenario(id)) return undefined;
      await options.ready?.();
      return transformScenario(code, id);
    },
  };
}

function testOptions(
  include: readonly string[],
  settings: RunSettings | undefined,
): NonNullable<Vite.UserConfig['test']> {
  return {
    include: [...include, CLOSING_FILE],
    exclude: [],
    setupFiles: [SETUP_FILE],
    pool: 'forks',
    isolate: false,
    fileParallelism: false,
    maxConcurrency: settings?.concurrency ?? 32,
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

async function prepareFromEnvironment(): ReturnType<typeof prepareTarget> {
  const live = process.env.IDENFY_TARGET === 'live';
  return prepareTarget(live ? { target: 'live' } : {}, process.env);
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
