// The raw client for fuzzing: the bodies of every boundary probe of createSession, sent with undici, the webhooks of those that are taken
// awaited; nothing is judged. Usage: node bench/raw-fuzz.js BASE_URL AUTHORIZATION CONCURRENCY; prints requests per second.
import { randomUUID } from 'node:crypto';
import { Agent } from 'undici';
import { createContracts } from '../dist/contract/contracts.js';
import { probeCatalogue } from '../dist/fuzz/catalogue.js';
import { startReceiver } from './raw.js';

const [origin = '', authorization = '', concurrency = '32'] = process.argv.slice(2);
const receiver = await startReceiver();
const bodies = probeCatalogue(createContracts(), 'createSession')
  .all()
  .map(({ body, side }) => {
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
    const whole = isObject && !('callbackUrl' in body) ? { ...body, callbackUrl: receiver.callbackUrl } : body;
    const awaited = side === 'inside' && isObject && !('callbackUrl' in body) && 'dummyStatus' in body;
    return { text: JSON.stringify(whole).replaceAll(/\$\{\{ \w+ \}\}/g, () => randomUUID()), awaited };
  });
const agent = new Agent({ connections: Number(concurrency), pipelining: 1 });
const headers = { authorization, 'content-type': 'application/json', accept: 'application/json' };
let next = 0;
const started = performance.now();
const work = async () => {
  for (let one = bodies[next++]; one !== undefined; one = bodies[next++]) {
    const response = await agent.request({ origin, path: '/api/v2/token', method: 'POST', headers, body: one.text });
    const answer = await response.body.text();
    if (one.awaited && response.statusCode < 300) await receiver.arrival(JSON.parse(answer).scanRef, 1);
  }
};
await Promise.all(Array.from({ length: Number(concurrency) }, work));
console.log((bodies.length / (performance.now() - started)) * 1000);
await agent.destroy();
receiver.close();
