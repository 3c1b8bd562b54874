import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Environment } from '../domain/message.ts';

/** An API key with its secret: user name and password of Basic auth. */
export interface KeyPair {
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** The key pair of every environment. */
export type KeyPairs = Readonly<Record<Environment, KeyPair>>;

/** The given key pairs; those that are missing are made up. */
export function completeKeys(keys: Partial<Record<Environment, KeyPair>> = {}): KeyPairs {
  const pair = (environment: Environment): KeyPair => keys[environment] ?? inventPair();
  return { DEV: pair('DEV'), TEST: pair('TEST'), PROD: pair('PROD'), DEMO: pair('DEMO') };
}

function inventPair(): KeyPair {
  return { apiKey: randomBytes(12).toString('base64url'), apiSecret: randomBytes(18).toString('base64url') };
}

/** Tells the environment that an Authorization header opens, in constant time; undefined when it opens none. */
export function createKeyRing(keys: KeyPairs): (authorization: string | undefined) => Environment | undefined {
  const environments: readonly Environment[] = ['DEV', 'TEST', 'PROD', 'DEMO'];
  const digests = environments.map((environment) => {
    const { apiKey, apiSecret } = keys[environment];
    return { environment, digest: digestOf(`${apiKey}:${apiSecret}`) };
  });
  return (authorization) => {
    const credentials = /^basic ([a-z0-9+/]+={0,2})$/i.exec(authorization ?? '')?.[1];
    const digest = digestOf(credentials === undefined ? '' : Buffer.from(credentials, 'base64'));
    // Every pair is compared, so that the time taken tells nothing about which one was close.
    const found = digests.filter((entry) => timingSafeEqual(entry.digest, digest));
    return found[0]?.environment;
  };
}

/** Digests have one length, which timingSafeEqual needs. */
function digestOf(credentials: string | Buffer): Buffer {
  return createHash('sha256').update(credentials).digest();
}
