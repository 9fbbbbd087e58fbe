/* eslint-disable @typescript-eslint/require-await -- the contract's subject is asynchronous */
import { createMemoryDocuments } from '../../../src/adapters/storage/index.js';
import { documentsContract } from '../contract/documents-contract.js';

documentsContract('memory', () => ({
  open: async () => createMemoryDocuments(),
  reopen: undefined,
  dispose: async () => undefined,
}));
