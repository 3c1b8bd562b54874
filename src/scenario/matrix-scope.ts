import { isJsonObject, type Json, type JsonObject } from '../domain/json.ts';
import { valueAtPath } from '../domain/json-pointer.ts';
import { isAbsent, resolveTemplates, type TemplateScope } from '../domain/template.ts';

/** Fills the values of one case into a part of the file; captures, `uuid`, `clientId` and `env` stay templates. */
export type Fill = (value: Json) => Json;

const NOTHING: TemplateScope = { lookup: () => undefined };

/** The `Fill` of a case. An axis that the case has no value for counts as `{$absent: true}`. */
export function fillWith(values: JsonObject, names: readonly string[]): Fill {
  const filled = resolveTemplates(values, NOTHING, 'keep');
  const scope: TemplateScope = {
    lookup([root, name, ...rest]) {
      if (root !== 'matrix' || name === undefined) return undefined;
      const value = isJsonObject(filled) && Object.hasOwn(filled, name) ? filled[name] : undefined;
      if (value === undefined) return names.includes(name) ? { $absent: true } : undefined;
      return valueAtPath(value, rest) ?? { $absent: true };
    },
  };
  return (value) => resolveTemplates(value, scope, 'keep');
}

/** The value without the fields and list elements that are `{$absent: true}`; the value itself when it has none. */
export function dropAbsent(value: Json): Json {
  return hasAbsent(value) ? withoutAbsent(value) : value;
}

function hasAbsent(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((item: Json) => isAbsent(item) || hasAbsent(item));
}

function withoutAbsent(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).filter((item) => !isAbsent(item)).map(dropAbsent);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([, item]) => !isAbsent(item));
  return Object.fromEntries(kept.map(([key, item]) => [key, dropAbsent(item)]));
}
