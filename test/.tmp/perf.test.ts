import { test } from 'vitest';
import { createScenarioGrammar } from '../../src/contract/scenario-grammar.ts';
import { loadScenarioFile } from '../../src/scenario/load-scenario-file.ts';
import { renderDiagnostics } from '../../src/scenario/render-diagnostic.ts';
const g = createScenarioGrammar();
const enc = new TextEncoder();
async function go(name: string, text: string) {
  globalThis.gc?.();
  const m = process.memoryUsage().heapUsed; const t = performance.now();
  const l = await loadScenarioFile('f.yaml', enc.encode(text), g);
  const out = l.ok ? `ok ${l.scenarios.map((s) => s.cases.length)}` : renderDiagnostics(l.diagnostics, text, { color: false }).slice(0, 160);
  const t2 = performance.now();
  globalThis.gc?.();
  console.log(name, (t2 - t).toFixed(0) + 'ms', ((process.memoryUsage().heapUsed - m) / 1e6).toFixed(1) + 'MB', out);
  if (l.ok) { const t3 = performance.now(); let n = 0; for (const s of l.scenarios) for (const c of s.cases) n += c.steps().length; console.log('  steps', n, (performance.now() - t3).toFixed(0) + 'ms'); }
}
const big = (n: number) => Array.from({ length: n }, (_, i) => `v${i}`).join(', ');
test('perf', async () => {
  await go('warm', 'name: x');
  await go('1540', 'name: x\nmatrix: {dummyStatus: all, manualFaceMatchResult: all, manualDocumentValidity: all}\nexpect:\n- when: {manualFaceMatchResult: FACE_MATCH}\n  manualWebhook: {final: true}\n- {}');
  await go('20020', `name: x\nmatrix: {dummyStatus: all, manualFaceMatchResult: all, manualDocumentValidity: all, externalRef: [${big(13)}]}`);
  await go('184800', `name: x\nmatrix: {dummyStatus: all, manualFaceMatchResult: all, manualDocumentValidity: all, externalRef: [${big(120)}]}`);
  await go('templated 20020', `name: x\nsession: {firstName: 'a \${{ matrix.externalRef }}'}\nmatrix: {dummyStatus: all, manualFaceMatchResult: all, manualDocumentValidity: all, externalRef: [${big(13)}]}`);
  await go('sample of huge', `name: x\nmatrix:\n${'firstName lastName address personalNumber documentNumber externalRef'.split(' ').map((n) => `  ${n}: [${big(1000)}]`).join('\n')}\ncombine: {sample: 5000}`);
  await go('long spaces', `name: x${' '.repeat(1_000_000)}{${'${{'.repeat(10)}`);
  await go('brackets', `name: ${'['.repeat(1_000_000)}`);
  await go('dollar', `name: [${'${{'.repeat(340_000)}`);
  await go('colons', `name: ${'a: '.repeat(340_000)}`);
  await go('quotes', `name: ${'"a" '.repeat(250_000)}`);
  await go('keys', `${Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n')}`);
  await go('dup keys', `name: x\n${'a: 1\n'.repeat(50_000)}`);
  await go('many values axis', `name: x\nmatrix:\n  address: [${big(100_000)}]`);
  await go('templates', `name: x\nsession:\n  address: '${'${{ uuid }}'.repeat(80_000)}'`);
  await go('broken templates', `name: x\nsession:\n  address: '${'${{ '.repeat(200_000)}'`);
  await go('anchors', `name: x\nsession:\n${Array.from({ length: 30_000 }, (_, i) => `  k${i}: &a${i} *a${i - 1}`).join('\n')}`);
  await go('aliases', `name: x\nsession:\n  k: &k {a: 1}\n${Array.from({ length: 40_000 }, (_, i) => `  k${i}: *k`).join('\n')}`);
}, 600_000);
