// The raw client: the same exchanges as the manual matrix, sent with undici, its webhooks received by node:http; nothing is judged.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Agent } from 'undici';

/**
 * Sends every case's two requests, awaiting the webhooks between them as a session does.
 * @param {{baseUrl: string, key: string, secret: string, concurrency: number, cases: {dummyStatus: string, face: string, document: string}[]}} options
 * @returns {Promise<{ms: number, exchanges: number, webhooks: number}>}
 */
export async function runRaw({ baseUrl, key, secret, concurrency, cases }) {
  /** @type {Map<string, {count: number, wake: (() => void) | null}>} */
  const sessions = new Map();
  const box = (/** @type {string} */ scanRef) => {
    const found = sessions.get(scanRef) ?? { count: 0, wake: null };
    sessions.set(scanRef, found);
    return found;
  };
  let webhooks = 0;
  const receiver = createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      response.end();
      webhooks += 1;
      const one = box(JSON.parse(Buffer.concat(chunks).toString()).scanRef);
      one.count += 1;
      one.wake?.();
    });
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const address = receiver.address();
  const callbackUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  const agent = new Agent({ connections: concurrency, pipelining: 1 });
  const headers = {
    authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
    'content-type': 'application/json',
  };
  let exchanges = 0;
  const post = async (/** @type {string} */ path, /** @type {object} */ body) => {
    const response = await agent.request({
      origin: baseUrl,
      path,
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    exchanges += 1;
    return JSON.parse(await response.body.text());
  };
  const arrival = async (/** @type {string} */ scanRef, /** @type {number} */ count) => {
    const one = box(scanRef);
    while (one.count < count) await new Promise((resolve) => (one.wake = () => resolve(undefined)));
  };
  let next = 0;
  const started = performance.now();
  const work = async () => {
    for (let index = next++; index < cases.length; index = next++) {
      const { dummyStatus, face, document } = /** @type {(typeof cases)[number]} */ (cases[index]);
      const person = { firstName: 'John Tom', lastName: 'Smith', country: 'lt', documents: ['PASSPORT', 'ID_CARD'] };
      const { scanRef } = await post('/api/v2/token', {
        dummyStatus,
        clientId: `raw-${index}`,
        tokenType: 'IDENTIFICATION',
        callbackUrl,
        ...person,
      });
      const due = dummyStatus === 'ACTIVE' ? 0 : 1;
      await arrival(scanRef, due);
      await post('/api/v2/add-dummy-status', {
        scanRef,
        manualFaceMatchResult: face,
        manualDocumentValidity: document,
      });
      await arrival(scanRef, due + 1);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const ms = performance.now() - started;
  await agent.destroy();
  receiver.closeAllConnections();
  receiver.close();
  return { ms, exchanges, webhooks };
}
