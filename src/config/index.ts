export { loadSettings, readPassphrase, SettingsError } from './settings.js';
export type { Settings } from './settings.js';
