import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace, ROOT, runCommand, type Workspace } from './command.test-kit.ts';

const STEPS = `name: Steps
tags: [steps]
steps:
  - createSession: {with: {dummyStatus: DENIED}}
  - awaitWebhook: {event: auto}
  - addManualStatus: {}
  - awaitWebhook: {event: manual}
  - addManualStatus: {scanRef: unknown}
    expect: {status: 400}
  - createSession: {as: other, with: {dummyStatus: ACTIVE}}
  - getStatus: {session: other}
`;
const MATRIX = `scenarios:
  - name: Automatic
    tags: [smoke]
    matrix: {dummyStatus: all}
  - name: Shared
    sessions: shared
    matrix: {dummyStatus: [APPROVED, DENIED], manualFaceMatchResult: [FACE_MATCH, FACE_MISMATCH, FACE_ERROR]}
  - name: Sampled
    tags: [sample]
    matrix: {manualFaceMatchResult: all, manualDocumentValidity: all}
    combine: {sample: 5}
  - name: Skipped
    skip: not now
    matrix: {dummyStatus: [APPROVED, DENIED]}
`;

const REPEATS_FILE = `scenarios:
  - name: Refused and repeated
    tags: [repeats]
    steps:
      - createSession: {refuseWebhooks: 1, with: {dummyStatus: DENIED}}
      - awaitWebhook: {event: auto}
      - addManualStatus: {}
      - awaitWebhook: {event: manual}
      - createSession: {as: second}
      - awaitWebhook: {session: second, event: auto}
      - addManualStatus: {session: second}
  - name: Webhooks that go elsewhere
    tags: [repeats]
    steps:
      - createSession: {callback: false}
      - addManualStatus: {}
      - createSession: {as: other, with: {callbackUrl: "https://example.com/hook"}}
      - addManualStatus: {session: other}
`;
const REPEATS = ['--tag', 'smoke', '--tag', 'steps', '--tag', 'repeats'];

let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace({ 'steps.yaml': STEPS, 'matrix.yaml': MATRIX, 'repeats.yaml': REPEATS_FILE });
});
afterAll(() => workspace[Symbol.dispose]());

/** The plan as JSON. */
async function planOf(args: readonly string[]): Promise<{
  readonly scenarios: readonly Record<string, unknown>[];
  readonly total: Record<string, number>;
}> {
  const { code, stdout, stderr } = await runCommand(['plan', '--json', ...args], { cwd: workspace.dir });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe.concurrent('plan', () => {
  test('the full manual matrix: 5 x 11 x 28 cases; all but ACTIVE send a webhook by themselves', async () => {
    const { total } = await planOf([join(ROOT, 'scenarios/manual-matrix.yaml')]);
    expect(total).toMatchObject({ cases: 1540, sessions: 1540, exchanges: 3080, webhooks: 4 * 308 + 1540 });
  });

  test('a case in steps: what is refused creates nothing, what is ACTIVE sends nothing', async () => {
    const { scenarios, total } = await planOf(['steps.yaml']);
    const counts = { cases: 1, sessions: 2, exchanges: 5, webhooks: 2 };
    expect(total).toMatchObject(counts);
    expect(scenarios).toEqual([{ id: 'steps/steps', name: 'Steps', file: 'steps.yaml', line: 1, ...counts }]);
  });

  test('every scenario has its own numbers; shared sessions are created once, skipped scenarios send nothing', async () => {
    const { scenarios, total } = await planOf(['matrix.yaml']);
    expect(scenarios).toMatchObject([
      { name: 'Automatic', line: 2, cases: 5, sessions: 5, exchanges: 5, webhooks: 4 },
      { name: 'Shared', line: 5, cases: 6, sessions: 2, exchanges: 8, webhooks: 8 },
      { name: 'Sampled', line: 8, cases: 5, sessions: 5, exchanges: 10, webhooks: 10 },
      { name: 'Skipped', line: 12, cases: 2, sessions: 0, exchanges: 0, webhooks: 0 },
    ]);
    expect(total).toMatchObject({ cases: 18, sessions: 12, exchanges: 23, webhooks: 22 });
  });

  test('the table ends with the sum, an estimate, and the promise that nothing was sent', async () => {
    const { code, stdout } = await runCommand(['plan', 'matrix.yaml', '--rate', '60/h'], { cwd: workspace.dir });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^cases sessions exchanges webhooks {2}scenario\nmatrix\.yaml\n/);
    expect(stdout).toMatch(/^ +6 +2 +8 +8 {2}:5 Shared$/m);
    expect(stdout).toMatch(/^ +18 +12 +23 +22 {2}in all$/m);
    expect(stdout).toMatch(/about 23 min on the sandbox target .*; nothing was sent\n$/);
  });

  test('the estimate takes account of --concurrency: on loopback up to a point, elsewhere without end', async () => {
    const time = async (...args: string[]): Promise<number> =>
      (await planOf([join(ROOT, 'scenarios'), ...args])).total.estimatedMs ?? 0;
    const near = ['1', '2', '64', '128'].map((cases) => time('--concurrency', cases));
    const [one = 0, two = 0, many, more] = await Promise.all(near);
    expect(one).toBeGreaterThan(two);
    expect(many).toBe(more);
    expect(many).toBe(await time());
    const far = ['64', '128'].map((cases) => time('--target', 'live', '--concurrency', cases));
    const [slower = 0, faster = 0] = await Promise.all(far);
    expect(slower).toBeGreaterThan(faster);
  });

  test('--tag, --grep and --shard select as they do for a run', async () => {
    const [tagged, grepped, first, second] = await Promise.all([
      planOf(['.', '--tag', 'smoke', '--tag', 'steps']),
      planOf(['.', '--grep', 'FACE_MISMATCH$']),
      planOf(['matrix.yaml', '--shard', '1/2']),
      planOf(['matrix.yaml', '--shard', '2/2']),
    ]);
    expect(tagged.scenarios.map(({ name }) => name)).toEqual(['Automatic', 'Steps']);
    expect(grepped.total.cases).toBe(2);
    expect((first.total.cases ?? 0) + (second.total.cases ?? 0)).toBe(18);
  });

  test('--seed draws another sample, the same for the same seed', async () => {
    const sample = async (seed: string): Promise<string> => {
      const args = ['run', 'matrix.yaml', '--tag', 'sample', '--seed', seed, '--report-dir', `sample-${seed}`];
      const { code } = await runCommand(args, { cwd: workspace.dir });
      expect(code).toBe(0);
      const { cases } = JSON.parse(workspace.read(`sample-${seed}/latest/results.json`));
      return cases
        .filter(({ kind }: { kind: string }) => kind === 'case')
        .map(({ id }: { id: string }) => id)
        .sort()
        .join();
    };
    const one = await sample('1');
    expect(await sample('2')).not.toBe(one);
    expect(await sample('1')).toBe(one);
  });

  test('what a run then creates, sends and receives is what was planned', async () => {
    const { total } = await planOf(['.', ...REPEATS]);
    const args = ['run', '.', ...REPEATS, '--report-dir', 'planned'];
    expect((await runCommand(args, { cwd: workspace.dir })).code).toBe(0);
    const { counts, totals, inbox } = JSON.parse(workspace.read('planned/latest/results.json'));
    const { sessions, exchanges, webhooks } = total;
    expect(totals).toMatchObject({ sessions, exchanges, deliveries: webhooks });
    expect(inbox).toMatchObject({ received: webhooks, refused: 0, elsewhere: 0, refusedRequests: [], unmatched: 0 });
    expect(total.cases).toBe(Object.values(counts as Record<string, number>).reduce((sum, count) => sum + count));
  });

  test('a selection of nothing says so, exit 2', async () => {
    const { code, stdout, stderr } = await runCommand(['plan', '.', '--tag', 'none'], { cwd: workspace.dir });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/the flags select no case\n {2}→ .*--tag/);
  });
});
