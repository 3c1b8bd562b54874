import type { Ajv2020, FuncKeywordDefinition } from 'ajv/dist/2020.js';
import type { Observation } from '../domain/contract.ts';
import { isJsonObject, type Json } from '../domain/json.ts';
import type { SchemaIndex } from './violations.ts';

/** One reading of a contested clause, as a contract writes it. */
interface Reading {
  readonly reading: string;
  readonly schema: Json;
}

/** What `this` is while a contract judges. */
interface JudgingContext {
  readonly observations: Observation[];
}

/**
 * `x-contested: {question, readings: [{reading, source, schema}]}`: never fails; records which readings fit the value. A value
 * that no reading speaks of is not recorded. The keywords beside it accept what any reading accepts. `whenRequested` names the
 * field of a request whose responses the question is about.
 */
export function contestedKeyword(ajv: Ajv2020, index: SchemaIndex): FuncKeywordDefinition {
  return {
    keyword: 'x-contested',
    schemaType: 'object',
    errors: false,
    compile(contested: { readonly question: string; readonly readings: readonly Reading[] }, parent) {
      const place = index.place(parent);
      const clause = `${place?.contract}#${place?.pointer}/x-contested`;
      const tests = contested.readings.map(({ reading, schema }) => ({
        reading,
        fits: ajv.compile(schema as object | boolean),
      }));
      // There are few sets of readings that fit, and most messages follow the same.
      const seen = new Map<number, Observation>();
      const observationOf = (fitting: number): Observation => {
        const known = seen.get(fitting);
        if (known !== undefined) return known;
        const [readings, refuted] = [1, 0].map((fits) =>
          tests.filter((_, bit) => ((fitting >> bit) & 1) === fits).map(({ reading }) => reading),
        ) as [string[], string[]];
        const observation = { clause, question: contested.question, readings, refuted };
        seen.set(fitting, observation);
        return observation;
      };
      return function observe(this: JudgingContext, value: unknown): boolean {
        let fitting = 0;
        for (let bit = 0; bit < tests.length; bit += 1) if (tests[bit]?.fits(value)) fitting |= 1 << bit;
        if (fitting !== 0) this.observations.push(observationOf(fitting));
        return true;
      };
    },
  };
}

/** `x-not-before: "startTime"`: a number that is not smaller than its neighbour's. */
export const notBeforeKeyword: FuncKeywordDefinition = {
  keyword: 'x-not-before',
  schemaType: 'string',
  type: 'number',
  validate(
    neighbour: string,
    value: number,
    _schema: unknown,
    data: { readonly parentData: unknown } | undefined,
  ): boolean {
    const other = isJsonObject(data?.parentData) ? data.parentData[neighbour] : undefined;
    return typeof other !== 'number' || value >= other;
  },
};
