import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../domain/diagnostic.ts';
import { renderDiagnostic, renderDiagnostics } from './render-diagnostic.ts';

const PLAIN = { color: false };
const at = (line: number, column: number, endColumn?: number): Diagnostic => ({
  code: 'wrong',
  span: { file: 'f.yaml', line, column, ...(endColumn === undefined ? {} : { endColumn }) },
  message: 'It is wrong.',
  hint: 'Mend it.',
});

describe('renderDiagnostic', () => {
  test('shows place, line, caret and hint', () => {
    expect(renderDiagnostic(at(2, 4, 7), 'a: 1\nb: xyz\nc: 2', PLAIN)).toBe(
      ['f.yaml:2:4: error[wrong]: It is wrong.', '2 | b: xyz', '  |    ^~~', '  = help: Mend it.'].join('\n'),
    );
  });

  test.each([
    ['a tab before it', '\tb: xyz', 5, 8, '  b: xyz', '     ^~~'],
    ['wide characters before it', '東: 🙂x', 6, 7, '東: 🙂x', '      ^'],
    ['combining marks before it', 'e\u0301: x', 5, 6, 'e\u0301: x', '   ^'],
    ['an escape sequence', 'a\u001b[31m: x', 9, 10, String.raw`a\u{1b}[31m: x`, '             ^'],
    ['a place behind the end', 'ab', 3, 4, 'ab', '  ^'],
  ])('%s', (_, source, column, endColumn, line, caret) => {
    const [, shown, marked] = renderDiagnostic(at(1, column, endColumn), source, PLAIN).split('\n');
    expect(shown).toBe(`1 | ${line}`);
    expect(marked).toBe(`  | ${caret}`);
  });

  test('without a source there is no line to show', () => {
    expect(renderDiagnostics([at(1, 1)], null, PLAIN)).toBe(
      'f.yaml:1:1: error[wrong]: It is wrong.\n  = help: Mend it.\n\n1 mistake in f.yaml.\n',
    );
  });

  test('a long line is cut on both sides of its place', () => {
    const source = `${'x'.repeat(500_000)}HERE${'y'.repeat(500_000)}`;
    const [, shown = '', marked = ''] = renderDiagnostic(at(1, 500_001, 500_005), source, PLAIN).split('\n');
    expect(shown.length).toBeLessThan(110);
    expect(shown.slice(marked.indexOf('^'), marked.indexOf('^') + 4)).toBe('HERE');
    expect(shown).toMatch(/^1 \| …x+HEREy+…$/u);
  });

  test('a long mark is cut too', () => {
    const [, shown = '', marked = ''] = renderDiagnostic(at(1, 4, 900), `ab ${'z'.repeat(900)}`, PLAIN).split('\n');
    expect(shown.length).toBeLessThan(110);
    expect(marked.length).toBe(shown.length);
  });

  test('is coloured when asked, whatever the terminal, and says the same', () => {
    const coloured = renderDiagnostic(at(1, 1, 3), 'ab', { color: true });
    expect(coloured).toContain('\u001b[31m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
    expect(coloured.replaceAll(/\u001b\[\d+m/gu, '')).toBe(renderDiagnostic(at(1, 1, 3), 'ab', PLAIN));
  });
});

describe('renderDiagnostics', () => {
  test('sorts by place and counts', () => {
    const text = renderDiagnostics([at(2, 5), at(2, 1), at(1, 9)], 'first line\nsecond line', PLAIN);
    expect(text.match(/f\.yaml:\d+:\d+/gu)).toEqual(['f.yaml:1:9', 'f.yaml:2:1', 'f.yaml:2:5']);
    expect(text.endsWith('\n3 mistakes in f.yaml.\n')).toBe(true);
  });

  test('shows fifty at most and says how many there are', () => {
    const text = renderDiagnostics(
      Array.from({ length: 60 }, (_, index) => at(index + 1, 1)),
      'x\n'.repeat(60),
      PLAIN,
    );
    expect(text.match(/error\[wrong\]/gu)).toHaveLength(50);
    expect(text).toContain('60 mistakes in f.yaml, the first 50 are shown.');
  });
});
