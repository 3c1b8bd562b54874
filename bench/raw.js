// The raw client: the same exchanges as a recorded run, sent with undici, its webhooks received by node:http; nothing is judged.
// Usage: node bench/raw.js EVIDENCE BASE_URL AUTHORIZATION CONCURRENCY; prints ms.
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Agent } from 'undici';

/**
 * @typedef {{method: string, path: string, headers: Record<string, string>, body: string | null, webhooks: number}} RawExchange
 * One request, and how many webhooks of its session have to have come before the next one.
 * @typedef {{scanRef: string, exchanges: RawExchange[]}} RawCase
 */

/**
 * Reads what a run has sent from its evidence.
 * @param {string} file
 * @returns {Promise<RawCase[]>}
 */
async function readCases(file) {
  const cases = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const entry = JSON.parse(line);
    if (entry.kind !== 'case' || entry.exchanges.length === 0) continue;
    // A case that takes over another one's session cannot be replayed alone.
    if (entry.deliveries.length > 0 && !entry.exchanges[0].request.path.endsWith('/token')) continue;
    const scanRef = entry.deliveries[0]?.scanRef ?? '';
    const exchanges = entry.exchanges.map((/** @type {any} */ exchange, /** @type {number} */ index) => {
      const next = entry.exchanges[index + 1]?.sentAt ?? Number.POSITIVE_INFINITY;
      const come = entry.deliveries.filter((/** @type {any} */ delivery) => delivery.receivedAt <= next);
      // A webhook that the harness refused came again; here each is taken at once.
      return { ...exchange.request, webhooks: new Set(come.map((/** @type {any} */ { rawBody }) => rawBody)).size };
    });
    cases.push({ scanRef, exchanges });
  }
  return cases;
}

/** Receives webhooks and wakes who waits for them. */
export async function startReceiver() {
  /** @type {Map<string, {count: number, wake: (() => void) | null}>} */
  const sessions = new Map();
  const box = (/** @type {string} */ scanRef) => {
    const found = sessions.get(scanRef) ?? { count: 0, wake: null };
    sessions.set(scanRef, found);
    return found;
  };
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      response.end();
      const one = box(JSON.parse(Buffer.concat(chunks).toString()).scanRef);
      one.count += 1;
      one.wake?.();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    callbackUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
    async arrival(/** @type {string} */ scanRef, /** @type {number} */ count) {
      const one = box(scanRef);
      while (one.count < count) await new Promise((resolve) => (one.wake = () => resolve(undefined)));
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * Sends the exchanges of every case in order, cases side by side.
 * @param {{baseUrl: string, authorization: string, concurrency: number, cases: RawCase[]}} options
 * @returns {Promise<number>} ms from the first request to the last answer or webhook
 */
async function runRaw({ baseUrl, authorization, concurrency, cases }) {
  const receiver = await startReceiver();
  const agent = new Agent({ connections: concurrency, pipelining: 1 });
  const runCase = async (/** @type {RawCase} */ one) => {
    let scanRef = one.scanRef;
    for (const { method, path, headers, body, webhooks } of one.exchanges) {
      const text =
        body
          ?.replaceAll(one.scanRef || '\u0000', scanRef)
          .replace(/"callbackUrl":"http:[^"]*"/, `"callbackUrl":"${receiver.callbackUrl}"`) ?? null;
      const { authorization: sent, ...rest } = headers;
      const response = await agent.request({
        origin: baseUrl,
        path,
        method: /** @type {any} */ (method),
        headers: sent === undefined ? rest : { ...rest, authorization },
        body: text,
      });
      const answer = await response.body.text();
      if (one.scanRef !== '' && path.endsWith('/token')) scanRef = JSON.parse(answer).scanRef ?? scanRef;
      await receiver.arrival(scanRef, webhooks);
    }
  };
  let next = 0;
  const started = performance.now();
  const work = async () => {
    for (let one = cases[next++]; one !== undefined; one = cases[next++]) await runCase(one);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  const ms = performance.now() - started;
  await agent.destroy();
  receiver.close();
  return ms;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [evidence = '', baseUrl = '', authorization = '', concurrency = '32'] = process.argv.slice(2);
  console.log(
    await runRaw({ baseUrl, authorization, concurrency: Number(concurrency), cases: await readCases(evidence) }),
  );
}
