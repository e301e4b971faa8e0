/** Writes `docs/sandbox-differences.md` from the list of known differences. Run it after changing the list. */
import { writeFileSync } from 'node:fs';
import { DIFFERENCES_PAGE, differencesPage } from './known-differences.ts';

writeFileSync(DIFFERENCES_PAGE, differencesPage());
