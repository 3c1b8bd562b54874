import type { Json } from '../domain/json.ts';
import { valueAtPath } from '../domain/json-pointer.ts';
import { resolveTemplates, type TemplateScope } from '../domain/template.ts';
import type { CaseRun } from './case-run.ts';

/** Fills in what only a running case knows: captures, `uuid`, `clientId`, `env.NAME`. Throws ConfigurationError for what nothing defines. */
export function resolve(run: CaseRun, value: Json): Json {
  return resolveTemplates(value, scopeOf(run));
}

function scopeOf(run: CaseRun): TemplateScope {
  return {
    lookup(path) {
      const [head, ...rest] = path;
      if (head === undefined) return undefined;
      if (head === 'uuid') return run.ports.uuid();
      if (head === 'clientId') return run.ports.clientId();
      if (head === 'env') return run.ports.env[rest.join('.')];
      return valueAtPath(run.captures.get(head), rest);
    },
  };
}
