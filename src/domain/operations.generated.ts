// Generated from contracts/ by contracts/generate.js; do not edit.
import type { OperationContract } from './contract.ts';
import type { Operation } from './message.ts';

/** The operations of contracts/openapi.yaml. */
export const OPERATIONS: Readonly<Record<Operation, OperationContract>> = {
  createSession: {
    method: 'POST',
    path: '/api/v2/token',
    request: 'token-request',
    success: [200, 201],
    response: 'token-response',
  },
  addManualStatus: {
    method: 'POST',
    path: '/api/v2/add-dummy-status',
    request: 'add-dummy-status-request',
    success: [200],
    response: 'add-dummy-status-response',
  },
  getStatus: {
    method: 'POST',
    path: '/api/v2/status',
    request: 'status-request',
    success: [200],
    response: 'status-response',
  },
};
