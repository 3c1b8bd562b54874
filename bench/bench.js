// Ratios in one run: harness against raw on the manual matrix; `npm start` against raw on the whole catalogue; memory at 20,000
// cases against 2,000; fuzzing against the raw request rate, and its memory. Usage: npm run bench [-- --only matrix|start|memory|fuzz|fuzz-memory]
// [-- --rounds 5]
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = new URL('..', import.meta.url).pathname;
const CLI = join(ROOT, 'dist/cli/main.js');
const CONCURRENCY = 32;
const rounds = Number(process.argv[process.argv.indexOf('--rounds') + 1] || 3) || 3;
const work = mkdtempSync(join(tmpdir(), 'idenfy-bench-'));
const median = (/** @type {number[]} */ values) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Starts a sandbox in a process of its own. */
async function startSandboxProcess() {
  const child = spawn(process.execPath, [CLI, 'sandbox', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = await once(lines, 'line');
  const { baseUrl, keys } = JSON.parse(String(line));
  return { child, baseUrl, apiKey: keys.DEV.apiKey, apiSecret: keys.DEV.apiSecret };
}

/**
 * Runs the harness and gives its results and its wall time.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function runHarness(args, env = {}) {
  const reports = join(work, `reports-${process.hrtime.bigint()}`);
  const started = performance.now();
  execFileSync(process.execPath, [CLI, 'run', ...args, '--report-dir', reports], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: 'pipe',
  });
  const wallMs = performance.now() - started;
  const dir = realpathSync(join(reports, 'latest'));
  return {
    wallMs,
    evidence: join(dir, 'evidence.jsonl'),
    results: JSON.parse(readFileSync(join(dir, 'results.json'), 'utf8')),
  };
}

/**
 * Runs the raw client in a process of its own, as fresh as the harness is.
 * @param {string} evidence
 * @param {{baseUrl: string, apiKey: string, apiSecret: string}} sandbox
 */
function runRaw(evidence, { baseUrl, apiKey, apiSecret }) {
  const authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;
  const script = join(ROOT, 'bench/raw.js');
  return Number(execFileSync(process.execPath, [script, evidence, baseUrl, authorization, String(CONCURRENCY)]));
}

/**
 * Requests per second of the raw client with the bodies of every boundary probe of createSession.
 * @param {{baseUrl: string, apiKey: string, apiSecret: string}} sandbox
 */
function runRawFuzz({ baseUrl, apiKey, apiSecret }) {
  const authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString('base64')}`;
  const script = join(ROOT, 'bench/raw-fuzz.js');
  return Number(execFileSync(process.execPath, [script, baseUrl, authorization, String(CONCURRENCY)]));
}

async function benchMatrix() {
  const sandbox = await startSandboxProcess();
  const env = { IDENFY_API_KEY: sandbox.apiKey, IDENFY_API_SECRET: sandbox.apiSecret };
  const args = [
    'scenarios/manual-matrix.yaml',
    '--target',
    'live',
    '--base-url',
    sandbox.baseUrl,
    '--concurrency',
    String(CONCURRENCY),
  ];
  const { evidence } = runHarness(args, env);
  const rows = [];
  for (let round = 0; round < rounds; round += 1) {
    const raw = runRaw(evidence, sandbox);
    const harness = runHarness(args, env).results.totals.casesMs;
    rows.push({ raw, harness, ratio: harness / raw });
    console.log(
      `matrix     raw ${raw.toFixed(0)} ms, harness ${harness.toFixed(0)} ms, ratio ${(harness / raw).toFixed(2)}`,
    );
  }
  sandbox.child.kill('SIGINT');
  await once(sandbox.child, 'exit');
  console.log(`matrix     median ratio ${median(rows.map(({ ratio }) => ratio)).toFixed(2)} (goal: at most 1.8)`);
}

/**
 * `npm start` has a sandbox that nobody has used before; so has the raw client here. Fuzz cases leave no evidence to replay: their requests count
 * with the rate at which the raw client sends such bodies.
 */
async function benchCatalogue() {
  const { evidence, results } = runHarness([]);
  const fuzzed = results.cases.reduce(
    (/** @type {number} */ sum, /** @type {any} */ one) => sum + (one.fuzz?.exchanges ?? 0),
    0,
  );
  const over = [];
  for (let round = 0; round < rounds; round += 1) {
    const sandbox = await startSandboxProcess();
    const raw = runRaw(evidence, sandbox) + (fuzzed / runRawFuzz(sandbox)) * 1000;
    sandbox.child.kill('SIGINT');
    await once(sandbox.child, 'exit');
    const started = performance.now();
    execFileSync('npm', ['start', '--silent'], { cwd: ROOT, stdio: 'pipe' });
    const start = performance.now() - started;
    over.push(start - raw);
    console.log(
      `npm start  raw ${raw.toFixed(0)} ms, npm start ${start.toFixed(0)} ms, over raw ${(start - raw).toFixed(0)} ms`,
    );
  }
  console.log(`npm start  median over raw ${median(over).toFixed(0)} ms (goal: at most 2500 ms)`);
}

/** A matrix of references times the page's combinations, as many cases as asked for. @param {number} count */
function manyCases(count) {
  const file = join(work, `cases-${count}.yaml`);
  const numbers = Array.from({ length: count / 10 }, (_, index) => `r${index}`).join(', ');
  writeFileSync(
    file,
    `name: ${count} cases\nmatrix:\n  externalRef: [${numbers}]\n  manualFaceMatchResult: [FACE_MATCH, FACE_MISMATCH, NO_FACE_FOUND, FAKE_FACE, FACE_ERROR]\n  manualDocumentValidity: [DOC_VALIDATED, DOC_EXPIRED]\n`,
  );
  return file;
}

/** Peak of the summed proportional memory of a process and its children, in MiB. @param {number} pid */
function treeMemory(pid) {
  const pids = [pid];
  for (let at = 0; at < pids.length; at += 1) {
    try {
      const children = readFileSync(`/proc/${pids[at]}/task/${pids[at]}/children`, 'utf8').trim();
      if (children) pids.push(...children.split(' ').map(Number));
    } catch {}
  }
  let kib = 0;
  for (const one of pids) {
    try {
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {}
  }
  return kib / 1024;
}

/** Boundaries of createSession against the same bodies sent by the raw client; the whole boundary pass beyond start-up. */
async function benchFuzz() {
  const sandbox = await startSandboxProcess();
  const env = { IDENFY_API_KEY: sandbox.apiKey, IDENFY_API_SECRET: sandbox.apiSecret };
  const file = join(work, 'fuzz.yaml');
  const live = ['--target', 'live', '--base-url', sandbox.baseUrl, '--concurrency', String(CONCURRENCY)];
  const ratios = [];
  const passes = [];
  for (let round = 0; round < rounds; round += 1) {
    const raw = runRawFuzz(sandbox);
    writeFileSync(file, 'name: Sessions\nfuzz: {request: createSession, phases: boundaries}\n');
    const { results } = runHarness([file, ...live], env);
    const rate = (results.fuzz.probes / results.totals.casesMs) * 1000;
    ratios.push(rate / raw);
    writeFileSync(file, 'name: All\nfuzz: {phases: boundaries}\n');
    passes.push(runHarness([file]).results.totals.casesMs);
    console.log(
      `fuzz       raw ${raw.toFixed(0)} requests/s, fuzz ${rate.toFixed(0)} cases/s, ratio ${(rate / raw).toFixed(2)}; whole boundary pass ${(passes.at(-1) ?? 0).toFixed(0)} ms`,
    );
  }
  sandbox.child.kill('SIGINT');
  await once(sandbox.child, 'exit');
  console.log(`fuzz       median ratio ${median(ratios).toFixed(2)} (goal: at least 0.5)`);
  console.log(`fuzz       median boundary pass ${median(passes).toFixed(0)} ms beyond start-up (goal: under 5000 ms)`);
}

/** Peak memory of a search of 200,000 cases against one of 20,000. */
async function benchFuzzMemory() {
  const peaks = [];
  for (const runs of [5000, 50000]) {
    const args = ['fuzz', '--runs', String(runs), '--seed', '1', '--report-dir', join(work, 'fuzz-memory')];
    for (const key of ['valid-bodies', 'one-violation', 'names']) args.push('--only', `createSession.${key}`);
    args.push('--only', 'addManualStatus.one-violation');
    peaks.push(await peakOf(args, `${4 * runs} fuzz cases`));
  }
  console.log(`memory     ratio ${((peaks[1] ?? 0) / (peaks[0] ?? 1)).toFixed(2)} over ten times as many fuzz cases`);
}

/** @param {string[]} args @param {string} what */
async function peakOf(args, what) {
  const child = spawn(process.execPath, [CLI, ...args], { cwd: ROOT, stdio: 'ignore' });
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, treeMemory(child.pid ?? 0))), 50);
  const [code] = await once(child, 'exit');
  clearInterval(timer);
  console.log(`memory     ${what}: peak ${peak.toFixed(0)} MiB, exit ${code}`);
  return peak;
}

async function benchMemory() {
  const peaks = [];
  for (const count of [2000, 20000]) {
    peaks.push(await peakOf(['run', manyCases(count), '--report-dir', join(work, 'memory')], `${count} cases`));
  }
  console.log(`memory     ratio ${((peaks[1] ?? 0) / (peaks[0] ?? 1)).toFixed(2)} (goal: at most 1.3)`);
}

try {
  const only = process.argv[process.argv.indexOf('--only') + 1];
  const all = !process.argv.includes('--only');
  if (all || only === 'matrix') await benchMatrix();
  if (all || only === 'start') await benchCatalogue();
  if (all || only === 'memory') await benchMemory();
  if (all || only === 'fuzz') await benchFuzz();
  if (all || only === 'fuzz-memory') await benchFuzzMemory();
} finally {
  rmSync(work, { recursive: true, force: true });
}
