import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DUMMY_STATUS, MANUAL_DOCUMENT_VALIDITY, MANUAL_FACE_MATCH_RESULT } from '../../domain/vocabulary.generated.ts';
import { addSession, createModel, decided, dueOverall, dueStatus, sessionAt } from './api-model.ts';

const dummyStatus = fc.constantFrom(...DUMMY_STATUS);
const review = fc.record({
  face: fc.constantFrom(...MANUAL_FACE_MATCH_RESULT),
  document: fc.constantFrom(...MANUAL_DOCUMENT_VALIDITY),
});

describe('the model of the API', () => {
  test('of all manual results one alone approves', () => {
    const all = MANUAL_FACE_MATCH_RESULT.flatMap((face) =>
      MANUAL_DOCUMENT_VALIDITY.map((document) => ({ face, document })),
    );
    expect(all).toHaveLength(308);
    expect(all.filter((one) => decided(one) === 'APPROVED')).toEqual([
      { face: 'FACE_MATCH', document: 'DOC_VALIDATED' },
    ]);
  });

  test('a session that nobody has reviewed has its automatic result, and manual results as they were', () => {
    fc.assert(
      fc.property(dummyStatus, (status) => {
        const session = addSession(createModel('s'), status);
        expect(dueStatus(session)).toEqual({
          status,
          manualFace: '${{ s1Status.manualFace }}',
          manualDocument: '${{ s1Status.manualDocument }}',
        });
      }),
    );
  });

  test('the last review decides, for its own session alone', () => {
    fc.assert(
      fc.property(dummyStatus, fc.array(review, { minLength: 1 }), (status, reviews) => {
        const model = createModel('s');
        const [one, other] = [addSession(model, status), addSession(model, status)];
        for (const each of reviews) one.review = each;
        const last = reviews.at(-1) ?? { face: '', document: '' };
        const { face: manualFace, document: manualDocument } = last;
        expect(dueStatus(one)).toEqual({ status: decided(last), manualFace, manualDocument });
        expect(dueOverall(other)).toBe(status);
      }),
    );
  });

  test('sessions have names of their own, and are found again however few there are', () => {
    const model = createModel('a');
    const sessions = [addSession(model, 'APPROVED'), addSession(model, 'ACTIVE')];
    expect(sessions.map(({ name }) => name)).toEqual(['a1', 'a2']);
    expect([0, 1, 2, 3].map((index) => sessionAt(model, index).name)).toEqual(['a1', 'a2', 'a1', 'a2']);
    expect(() => sessionAt(createModel('b'), 0)).toThrow('there is no session');
  });
});
