import { type MigrationName, migrate, migrationNames } from '../../../store/migrations/migrate.js';
import { openDatabase } from '../../../store/open.js';

/** Brings a store back to a version and forward again, without end. `none` is the version without tables. */
const [, , place, lowest] = process.argv;
const store = await openDatabase(place);
process.stdout.write('begins\n');
for (;;) {
  await migrate(store, lowest === 'none' ? null : (lowest as MigrationName));
  await migrate(store, migrationNames.at(-1));
}
