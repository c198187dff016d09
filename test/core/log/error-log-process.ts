import type { Config } from '../../../core/config/directive.ts';
import { ErrorLog } from '../../../core/log/error-log.ts';
import { parseLogLevels } from '../../../core/log/log-level.ts';

/** Writes one line to standard error, and is gone before anything could be written later. */
const serverName = { hostname: 'a.test', port: 0 };
const config = { errorLog: 'stderr', errorLogFormat: '%M', serverName, logLevel: parseLogLevels(['warn']) };
new ErrorLog(config as Config).log('error', 'seen');
process.kill(process.pid, 'SIGKILL');
