import { openAdvisoryDatabase } from '@esscm/vulnerabilities';
import { measureMatching } from './bench-matching.js';

/** The measured process. Arguments: the folder of a database, and what to call it. Prints the figures as JSON. */
const [folder = '', name = ''] = process.argv.slice(2);
using database = await openAdvisoryDatabase(folder);
process.stdout.write(JSON.stringify(measureMatching(database, name)));
