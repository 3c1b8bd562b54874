import { describe, expect, test } from 'vitest';
import { HarnessError } from './harness-error.ts';
import type { Json } from './json.ts';
import { valueAtPath } from './json-pointer.ts';
import { isAbsent, parseTemplates, resolveTemplates, type TemplateScope, templateReferences } from './template.ts';

const scopeOf = (values: Json): TemplateScope => ({ lookup: (path) => valueAtPath(values, path) });
const SCOPE = scopeOf({ session: { scanRef: 'abc', count: 3, list: [{ name: 'x' }] }, uuid: 'u-1', none: null });
const resolve = (value: Json): Json => resolveTemplates(value, SCOPE);

describe('resolveTemplates', () => {
  test.each<[Json, Json]>([
    ['plain', 'plain'],
    ['${{ session.scanRef }}', 'abc'],
    ['${{session.count}}', 3],
    ['n=${{ session.count }}', 'n=3'],
    ['${{ session.list.0.name }}', 'x'],
    ['${{ session.list }}', [{ name: 'x' }]],
    ['${{ none }}', null],
    ['${{ none }}!', 'null!'],
    ['${{ repeat("ab", 3) }}', 'ababab'],
    ["${{ repeat('ab', session.count) }}", 'ababab'],
    ['${{ upper(session.scanRef) }}-${{ lower("ABC") }}', 'ABC-abc'],
    ['{"a": ${{ json(session.list) }}}', '{"a": [{"name":"x"}]}'],
    ['${{ "${{" }}', '${{'],
    ['${{ "a}}b" }}', 'a}}b'],
    ['${{ -1.5 }}', -1.5],
    [{ a: ['${{ uuid }}'] }, { a: ['u-1'] }],
    [{ '${{ session.scanRef }}': 1 }, { abc: 1 }],
  ])('%j gives %j', (value, resolved) => {
    expect(resolve(value)).toEqual(resolved);
  });

  test('a name that nothing knows is a harness error with the name and a hint', () => {
    expect(() => resolve('x ${{ session.nope }}')).toThrow(/\$\{\{ session\.nope \}\}.*`session\.nope` is not known/u);
    expect(() => resolve('${{ upper(env.HOME_TOWN) }}')).toThrow(HarnessError);
  });

  test('what is kept can be resolved later, with what was known already filled in', () => {
    const first = scopeOf({ matrix: { text: 'a"b', body: { x: 1 } } });
    const kept = resolveTemplates('${{ repeat(matrix.text, session.count) }} ${{ uuid }}', first, 'keep');
    expect(kept).toBe('${{ repeat("a\\"b", session.count) }} ${{ uuid }}');
    expect(resolve(kept)).toBe('a"ba"ba"b u-1');
    expect(resolveTemplates('${{ matrix.body }}', first, 'keep')).toEqual({ x: 1 });
  });

  test('an absent value inside a longer text is nothing', () => {
    expect(resolveTemplates('a${{ x }}b', scopeOf({ x: { $absent: true } }))).toBe('ab');
    expect(isAbsent({ $absent: true, a: 1 })).toBe(false);
  });

  test('a repetition that would exhaust memory is refused', () => {
    expect(parseTemplates('${{ repeat("ab", 100000000) }}').problems).toMatchObject([
      { source: '${{ repeat("ab", 100000000) }}', message: expect.stringContaining('cannot repeat a text 100000000') },
    ]);
    const scope = scopeOf({ many: 100_000_000, text: '3' });
    for (const template of ['${{ repeat("ab", many) }}', '${{ repeat("ab", text) }}', '${{ repeat(later, many) }}'])
      expect(() => resolveTemplates(template, scope, 'keep')).toThrow(`The template ${template} cannot repeat a text`);
  });

  test('a key named __proto__ stays a key', () => {
    const body = JSON.parse('{"__proto__": "${{ uuid }}"}') as Json;
    expect(JSON.stringify(resolve(body))).toBe('{"__proto__":"u-1"}');
  });
});

describe('parseTemplates', () => {
  test.each([
    ['${{ }}', 'a name'],
    ['${{ a', '`}}` should follow, but the text ends'],
    ['${{ a }', '`}}` should follow, but there is `}`'],
    ['${{ a b }}', 'there is `b`'],
    ['${{ nope(1) }}', 'no template function `nope`'],
    ['${{ toString(1) }}', 'no template function `toString`'],
    ['${{ upper() }}', 'takes 1 argument, not 0'],
    ['${{ repeat("a" 1) }}', '`,` should follow'],
    ['${{ upper("\\q") }}', 'not a JSON string'],
  ])('%s is reported', (text, message) => {
    const { problems } = parseTemplates(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(message);
  });

  test('text that only looks like a template is left alone', () => {
    expect(parseTemplates('{{ a }} $ {{ $${ {').problems).toEqual([]);
    expect(parseTemplates('a${{ b }}c').parts).toHaveLength(3);
  });
});

test('templateReferences finds names in values, keys and arguments', () => {
  const found = templateReferences({ '${{ a.b }}': ['${{ upper(c.d) }}', 'x${{ e }}${{ f }}'], plain: 1 });
  expect(found).toEqual([['a', 'b'], ['c', 'd'], ['e'], ['f']]);
});
