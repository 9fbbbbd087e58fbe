export type { components, operations } from './generated/openapi.js';
