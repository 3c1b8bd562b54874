/** Printable ASCII, the blank first. */
export const ASCII: readonly string[] = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

/**
 * Words of many scripts, each a way in which a text may be more than ASCII. Upper case is what Unicode's simple mapping gives
 * and every platform agrees on: nothing like ß, which becomes two letters, nor Georgian, whose capitals are new.
 */
export const WORDS: readonly string[] = [
  'Zoë',
  'Łukasz',
  'Çelik',
  'Ægir',
  'Īvo',
  'Nguyễn',
  // The same, with combining marks.
  'Nguye\u0302\u0303n',
  'Σοφία',
  'Дмитрий',
  'Їжак',
  'Արամ',
  // Looks like Anna, and begins with a Cyrillic letter.
  '\u0410nna',
  'שרה',
  'محمد',
  'नेहा',
  'สมชาย',
  '李明',
  'ヤマダ',
  '김민수',
  'ａｂｃ',
  // Beyond the Basic Multilingual Plane: Deseret has capitals, the Han letter has none, nor has the emoji.
  '\u{10428}\u{10429}',
  '\u{20000}',
  '😀',
];

/** What no source speaks of: NUL, other controls, format characters, half a surrogate pair, a noncharacter. */
export const INVISIBLE: readonly string[] = [
  'A\0B',
  'A\u0001B',
  'A\nB',
  'A\tB',
  'A\u007fB',
  'A\u0085B',
  'A\u200eB',
  'A\u202eB',
  'A\ufeffB',
  'A\ud800B',
  'A\udc00B',
  'A\uffffB',
  'A\ue000B',
];

/** Blanks at the ends, or nothing else. */
export const BLANKS: readonly string[] = [' Anna', 'Anna ', ' ', '\u00a0', 'Anna\u3000'];
