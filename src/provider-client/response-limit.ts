/** No answer of the API comes near this; in bytes, as received and again as decompressed. */
export const LONGEST_BODY: number = 8 * 1024 * 1024;

/** What a response came to that was broken off: no headers in time, not whole in time, or too many bytes. */
type Limit = 'silent' | 'slow' | 'large';

const HINTS: Readonly<Record<Limit, string>> = {
  silent: 'the provider took the request and did not answer in time; a session may have been created',
  slow: 'the response stopped half-way or came too slowly; a session may have been created',
  large: 'no answer of this API is that large: check what answers at the base URL; a session may have been created',
};

/** We broke a response off; the message completes "got no whole response: ...". */
export class ResponseLimitError extends Error {
  readonly hint: string;

  constructor(limit: Limit, deadlineMs = 0) {
    super(
      {
        silent: `nothing came within ${deadlineMs} ms`,
        slow: `the response was not whole after ${deadlineMs} ms`,
        large: `the response is larger than ${LONGEST_BODY / 1024 / 1024} MiB`,
      }[limit],
    );
    this.hint = HINTS[limit];
  }
}
