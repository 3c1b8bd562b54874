import { defineConfig } from 'vitest/config';
import { scenarios } from './src/vitest/plugin.ts';

// Two projects: the harness's own tests, and the scenario files themselves, which are tests too.
const config: ReturnType<typeof defineConfig> = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'harness',
          globalSetup: ['test/build.ts'],
          include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { plugins: [scenarios()], test: { name: 'scenarios' } },
    ],
  },
});
export default config;
