import type { Dispatcher } from 'undici';
import type { HeaderMap } from '../domain/message.ts';
import { LONGEST_BODY, ResponseLimitError } from './response-limit.ts';

/** A response of which every byte has come. */
export interface WholeResponse {
  readonly status: number;
  readonly headers: HeaderMap;
  readonly bytes: Buffer;
}

/**
 * Sends a request and takes the whole response. It has `deadlineMs` from the moment in which the request goes out on a
 * connection to the last byte: undici's own time limits start anew with every byte. Rejects with ResponseLimitError when time or
 * size runs out; the connection is destroyed then.
 */
export function receive(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  deadlineMs: number,
): Promise<WholeResponse> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let status = 0;
    let headers: HeaderMap = {};
    const body = createCollector();
    dispatcher.dispatch(request, {
      onRequestStart(controller) {
        const expire = (): void =>
          controller.abort(new ResponseLimitError(status === 0 ? 'silent' : 'slow', deadlineMs));
        timer = setTimeout(expire, deadlineMs);
      },
      onResponseStart(_controller, statusCode, fields) {
        status = statusCode;
        headers = flatten(fields);
      },
      onResponseData(controller, chunk) {
        if (!body.take(chunk)) controller.abort(new ResponseLimitError('large'));
      },
      onResponseEnd() {
        clearTimeout(timer);
        resolve({ status, headers, bytes: body.bytes() });
      },
      onResponseError(_controller, error) {
        clearTimeout(timer);
        reject(error);
      },
    });
  });
}

interface Collector {
  /** False when that is more than a body may have. */
  take(chunk: Buffer): boolean;
  bytes(): Buffer;
}

/** Joins chunks as they come: a body that drips byte by byte must not cost a buffer a byte. Most bodies are one chunk, never copied. */
function createCollector(): Collector {
  let room: Buffer = Buffer.alloc(0);
  let size = 0;
  return {
    take(chunk) {
      const needed = size + chunk.length;
      if (needed > LONGEST_BODY) return false;
      if (size === 0) {
        room = chunk;
      } else {
        if (needed > room.length) room = Buffer.concat([room], Math.max(needed, 2 * room.length));
        chunk.copy(room, size);
      }
      size = needed;
      return true;
    },
    bytes: () => room.subarray(0, size),
  };
}

function flatten(headers: Record<string, string | string[] | undefined>): HeaderMap {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
