import { relaySuite } from './relay.ts';

relaySuite('SQLite', async () => ({}));
