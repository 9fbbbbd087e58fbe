export { systemClock, systemRandom } from './system.js';
