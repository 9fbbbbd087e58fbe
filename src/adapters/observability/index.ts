export { jsonLog, silentLog } from './json-log.js';
