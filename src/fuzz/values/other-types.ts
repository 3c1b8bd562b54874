import type { Json } from '../../domain/json.ts';

/** Values of every JSON type. Each list begins with the one that is most often taken for another type. */
const BY_TYPE: Readonly<Record<string, readonly Json[]>> = {
  string: ['1', 'true', 'text', ''],
  number: [1.5, 0.1],
  integer: [1, 0, -1],
  boolean: [true, false],
  null: [null],
  array: [[], ['text'], [null]],
  object: [{}, { value: 'text' }],
};

/** A value or more of each JSON type, `valid` in a list and in an object among them. */
export function valuesOfEveryType(valid: Json): readonly Json[] {
  const written = typeof valid === 'string' ? [] : [String(valid)];
  return [...Object.values(BY_TYPE).flat(), ...written, [valid], { value: valid }];
}
