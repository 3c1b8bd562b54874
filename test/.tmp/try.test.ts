import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { loadScenarioFile } from '/work/main/src/scenario/load-scenario-file.ts';
import { renderDiagnostics } from '/work/main/src/scenario/render-diagnostic.ts';
import { GRAMMAR } from '/work/main/test/scenario-grammar.ts';
test('x', async () => {
  for (const f of (process.env.F ?? '').split(',')) {
    const b = readFileSync(f); const t = performance.now();
    const r = await loadScenarioFile(f, b, GRAMMAR);
    console.log(f, (performance.now() - t).toFixed(1) + 'ms');
    if (!r.ok) console.log(renderDiagnostics(r.diagnostics, b.toString(), { color: false }));
    else for (const s of r.scenarios) { console.log({...s, cases: s.cases.length}); for (const c of s.cases.slice(0, 4)) console.log(c.id, '|', c.title, JSON.stringify(c.steps(), null, process.env.V ? 1 : 0)); }
  }
});
