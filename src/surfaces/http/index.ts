export { HttpError } from './errors.js';
export type { HttpErrorCode } from './errors.js';
export { openServer } from './server.js';
export type { HttpServer } from './server.js';
export type { HttpSettings, HttpWorld, ReadinessCause } from './world.js';
