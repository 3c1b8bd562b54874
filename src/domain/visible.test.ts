import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from './json.ts';
import { visible, visibleJson, visibleJsonText } from './visible.ts';

describe('visible', () => {
  test.each([
    ['a sequence that steers a terminal', '\u001b[31mred\u009b0m', String.raw`\u{1b}[31mred\u{9b}0m`],
    ['NUL, BEL, BS, CR, DEL', '\0\u0007\b\r\u007f', String.raw`\u{0}\u{7}\u{8}\u{d}\u{7f}`],
    [
      'directions',
      '\u200e\u200f\u061c\u202a\u202e\u2066\u2069',
      String.raw`\u{200e}\u{200f}\u{61c}\u{202a}\u{202e}\u{2066}\u{2069}`,
    ],
    [
      'no width',
      'a\u200bb\u200c\u200d\u2060\ufeff\u00ad',
      String.raw`a\u{200b}b\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}`,
    ],
    ['letters that only programs read', '\u{e0041}', String.raw`\u{e0041}`],
    ['other line breaks', 'a\u2028b\u2029c\u0085', String.raw`a\u{2028}b\u{2029}c\u{85}`],
    ['what XML refuses', '\ud800 \udfff \ufffe \uffff', String.raw`\u{d800} \u{dfff} \u{fffe} \u{ffff}`],
    [
      'a command of a build service',
      '::error file=a::b\n \t::add-mask::c\n::group::',
      '\\u{3a}:error file=a::b\n \t\\u{3a}:add-mask::c\n\\u{3a}:group::',
    ],
    ['a command anywhere in a line', 'a ##[error]b ##vso[task]c', String.raw`a \u{23}#[error]b \u{23}#vso[task]c`],
  ])('%s is written out', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test.each([
    'Grüße, 東京 😀 e\u0301, a\tb\nc',
    'a::error::b, ::1, http://[::1]:80/, std::string x',
    '# head ## [link] #[x]',
    String.raw`\u{1b}`,
  ])('%j stays as it is', (text) => {
    expect(visible(text)).toBe(text);
  });

  test('whatever the text, nothing of it is left that cannot be seen, and a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (codes) => {
        const shown = visible(String.fromCharCode(...codes));
        expect(shown).not.toMatch(/[[\p{Cc}\p{Cf}\p{Cs}]--[\n\t]]/v);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});

test('visibleJson takes texts and keys', () => {
  expect(visibleJson({ 'a\u001b': ['\u202e', 1, null, { b: true }] })).toEqual({
    'a\\u{1b}': ['\\u{202e}', 1, null, { b: true }],
  });
});

test('visibleJsonText means the same as the value, and shows nothing that cannot be seen', () => {
  expect(visibleJsonText(['\u009b\u{e0041}##[x]'])).toBe(String.raw`["\u009b\udb40\udc41\u0023#[x]"]`);
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(0, 2), (value, indent) => {
      const text = visibleJsonText(value, indent);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)) as Json);
      expect(text).not.toMatch(/[[\p{Cc}\p{Cf}]--[\n]]/v);
    }),
  );
});
